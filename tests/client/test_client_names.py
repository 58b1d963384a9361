"""The package has the names that a program for the official SDK imports, and loads nothing until they are used."""

import importlib.resources
import json
import pydoc
import subprocess
import sys
import typing

import anthropic
import pytest

import anthropic_models

ADDED = ["OverloadedError", "RawAPIResponse", "RequestTooLargeError"]
SETTINGS = "api_key auth_token base_url timeout max_retries default_headers default_query http_client"
OPTIONS = "model_id: betas: extra_headers: extra_query: extra_body: timeout: ValueError APIStatusError"


def test_the_names_are_those_of_the_official_sdk_and_three_more():
    """`import *`, `dir()` and `__all__` have the same names; a misspelt name is an AttributeError."""
    namespace = {}
    exec("from anthropic_models import *", namespace)
    names = sorted(namespace.keys() - {"__builtins__"})

    assert names == sorted(anthropic_models.__all__) == sorted(dir(anthropic_models))
    assert [name for name in names if not hasattr(anthropic, name)] == ADDED
    # Without `py.typed` a type checker ignores every annotation.
    for package in ("anthropic_models", "anthropic_models_api"):
        assert importlib.resources.files(package).joinpath("py.typed").is_file()
    with pytest.raises(AttributeError, match="'anthropic_models' has no attribute 'Anthropics'"):
        anthropic_models.Anthropics  # noqa: B018  # reading it is the test


LOADS = """
import json, sys
import anthropic_models
alone = sorted(sys.modules)
anthropic_models.types.ModelInfo
from anthropic_models import Anthropic, AsyncAnthropic
import asyncio
Anthropic(api_key="k", base_url=sys.argv[1]).models.retrieve("m")
asyncio.run(AsyncAnthropic(api_key="k", base_url=sys.argv[1]).models.retrieve("m"))
print(json.dumps([alone, sorted(sys.modules)]))
"""


def test_imports_are_lazy(server):
    """`import anthropic_models` loads neither httpx, attrs nor the generated package; calls never load httpx2."""
    command = [sys.executable, "-c", LOADS, server.url]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    alone, after = map(set, json.loads(done.stdout))

    assert alone.isdisjoint({"httpx", "attrs", "anthropic_models_api", "asyncio", "ssl"})
    assert ("httpx" in after, after & {"httpx2", "httpcore2"}, done.stderr) == (True, set(), "")


def test_help_mentions_every_argument():
    """`help` of clients and `retrieve` describes arguments and errors; `typing.get_type_hints` can read annotations."""
    described = anthropic_models.Anthropic.__doc__.partition("Args:")[2]
    texts = [described, *map(pydoc.render_doc, (anthropic_models.Anthropic, anthropic_models.AsyncAnthropic))]
    method = pydoc.render_doc(anthropic_models.Anthropic(api_key="k").models.retrieve, renderer=pydoc.plaintext)

    assert [setting for setting in SETTINGS.split() for text in texts if setting not in text] == []
    assert "those of `Anthropic`" in anthropic_models.AsyncAnthropic.__doc__
    assert [word for word in OPTIONS.split() if word not in method] == []
    for kind in (anthropic_models.Anthropic, anthropic_models.AsyncAnthropic):
        assert "base_url" in typing.get_type_hints(kind.__init__)
        assert isinstance(typing.get_type_hints(kind), dict)
