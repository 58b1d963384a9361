"""The names that a program from the official SDK imports are here, and cost nothing until they are used."""

import importlib.resources
import json
import pydoc
import subprocess
import sys
import typing

import anthropic
import httpx
import pytest
from cases import each

import anthropic_models

_OFFICIAL = """
    Anthropic AsyncAnthropic Client AsyncClient
    DefaultHttpxClient DefaultAsyncHttpxClient DefaultAioHttpClient DEFAULT_CONNECTION_LIMITS
    Timeout Omit omit NOT_GIVEN NotGiven not_given DEFAULT_TIMEOUT DEFAULT_MAX_RETRIES
    types APIResponse AsyncAPIResponse __version__
    AnthropicError APIError APIConnectionError APITimeoutError APIResponseValidationError APIStatusError
    BadRequestError AuthenticationError PermissionDeniedError NotFoundError ConflictError
    UnprocessableEntityError RateLimitError InternalServerError
"""
NAMES = _OFFICIAL.split()
SETTINGS = "api_key auth_token base_url timeout max_retries default_headers default_query http_client"
OPTIONS = "model_id: betas: extra_headers: extra_query: extra_body: timeout: ValueError APIStatusError"
OURS_ALONE = ["OverloadedError", "RawAPIResponse", "RequestTooLargeError"]


@each("name", NAMES)
def test_a_name_of_the_official_sdk_is_here(name):
    """Every name that `models.retrieve` needs of the official SDK can be imported under the same name."""
    assert hasattr(anthropic, name)
    assert hasattr(anthropic_models, name)


def test_star_import_gives_the_public_names_and_no_others():
    """`from anthropic_models import *` gives what is listed here: the names of the official SDK, and three more."""
    namespace = {}
    exec("from anthropic_models import *", namespace)
    del namespace["__builtins__"]

    assert sorted([*NAMES, *OURS_ALONE]) == sorted(namespace)


def test_dir_lists_the_public_names():
    """Completion in a shell, which asks `dir()`, offers the public names before they are loaded."""
    assert set(NAMES) <= set(dir(anthropic_models))


def test_a_name_that_is_not_there_is_an_attribute_error():
    """A misspelt name raises AttributeError with the name, as in any module."""
    with pytest.raises(AttributeError, match="'anthropic_models' has no attribute 'Anthropics'"):
        anthropic_models.Anthropics  # noqa: B018  # reading it is the test


def test_client_is_an_alias():
    """`Client` and `AsyncClient` are other names of the two clients."""
    assert anthropic_models.Client is anthropic_models.Anthropic
    assert anthropic_models.AsyncClient is anthropic_models.AsyncAnthropic


def test_defaults_are_sixty_seconds_and_two_retries():
    """`DEFAULT_TIMEOUT` is 60 s, 5 s of them to connect; `DEFAULT_MAX_RETRIES` is 2."""
    assert anthropic_models.Timeout is httpx.Timeout
    assert httpx.Timeout(60.0, connect=5.0) == anthropic_models.DEFAULT_TIMEOUT
    assert anthropic_models.DEFAULT_MAX_RETRIES == anthropic.DEFAULT_MAX_RETRIES == 2


def test_types_is_a_module_of_its_own():
    """`from anthropic_models.types import ModelInfo, AnthropicBetaParam` works, as in the official SDK."""
    types = importlib.import_module("anthropic_models.types")

    assert types.ModelInfo is anthropic_models.types.ModelInfo
    assert types.AnthropicBetaParam


@each("package", ["anthropic_models", "anthropic_models_api"])
def test_type_checkers_may_look_inside(package):
    """Both packages carry `py.typed`, without which a type checker ignores every annotation."""
    assert importlib.resources.files(package).joinpath("py.typed").is_file()


def _loaded_by(statement: str) -> set[str]:
    code = f"import json, sys\n{statement}\nprint(json.dumps(sorted(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(json.loads(run.stdout))


def test_import_alone_loads_no_httpx():
    """`import anthropic_models` loads neither httpx, attrs nor the generated package; a name does when it is used."""
    heavy = {"httpx", "attrs", "anthropic_models_api", "asyncio", "ssl"}

    assert heavy.isdisjoint(_loaded_by("import anthropic_models"))
    assert "httpx" in _loaded_by("from anthropic_models import Anthropic")


def test_help_mentions_every_argument():
    """`help(Anthropic)` describes every argument of the constructor; that of `AsyncAnthropic` refers to it."""
    described = anthropic_models.Anthropic.__doc__.partition("Args:")[2]
    texts = [described, *map(pydoc.render_doc, (anthropic_models.Anthropic, anthropic_models.AsyncAnthropic))]

    assert [setting for setting in SETTINGS.split() for text in texts if setting not in text] == []
    assert "those of `Anthropic`" in anthropic_models.AsyncAnthropic.__doc__


@each("name", ["Anthropic", "AsyncAnthropic"])
def test_the_annotations_of_a_client_can_be_read(name):
    """`typing.get_type_hints` works for the class and its constructor, as tools for injection and documentation do."""
    client_class = getattr(anthropic_models, name)

    assert "base_url" in typing.get_type_hints(client_class.__init__)
    assert isinstance(typing.get_type_hints(client_class), dict)


def test_help_on_retrieve_mentions_every_argument():
    """`help(client.models.retrieve)` describes every argument, and the errors that it raises."""
    text = pydoc.render_doc(anthropic_models.Anthropic(api_key="k").models.retrieve, renderer=pydoc.plaintext)

    assert [word for word in OPTIONS.split() if word not in text] == []
