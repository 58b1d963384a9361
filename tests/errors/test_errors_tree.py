"""The error tree: who is whose parent, which status is whose, and what the constructors take."""

import anthropic
import httpx
import pytest
from cases import each
from recording import Answer
from statuses import ERROR_OF

import anthropic_models
from anthropic_models import errors

TREE = """
AnthropicError
  APIError
    APIConnectionError
      APITimeoutError
    APIResponseValidationError
    APIStatusError
      BadRequestError
      AuthenticationError
      PermissionDeniedError
      NotFoundError
      ConflictError
      RequestTooLargeError
      UnprocessableEntityError
      RateLimitError
      InternalServerError
        OverloadedError
"""
PLAIN = [300, 304, 305, 399, 402, 405, 408, 418, 451, 499, 600, 999]


def _drawn(kind: type, depth: int = 0) -> str:
    below = [each for each in kind.__subclasses__() if each.__module__ == errors.__name__]
    return "\n".join(["  " * depth + kind.__name__, *(_drawn(each, depth + 1) for each in below)])


def test_the_tree_is_this_one():
    """Every error of the package is in this tree, under this parent."""
    assert _drawn(anthropic_models.AnthropicError) == TREE.strip()


def test_every_error_is_public():
    """Every error of the tree can be imported from the package, and from nowhere else needs to be."""
    assert [name for name in TREE.split() if not hasattr(anthropic_models, name)] == []


def test_the_docstring_draws_the_tree():
    """`help(anthropic_models.errors)` draws the tree with every class in it."""
    assert [name for name in TREE.split() if name not in errors.__doc__] == []


@each("name", [name for name in TREE.split() if hasattr(anthropic, name)])
def test_an_error_has_the_official_parents(name):
    """Whoever catches the parent of an error in the official SDK catches the error here too."""
    official = [each.__name__ for each in getattr(anthropic, name).__mro__]
    ours = [each.__name__ for each in getattr(anthropic_models, name).__mro__]

    assert ours == official


@each(
    ("status", "name"),
    [
        *ERROR_OF.items(),
        *((status, "InternalServerError") for status in (500, 502, 503, 504, 520, 599)),
        *((status, "APIStatusError") for status in PLAIN),
    ],
)
def test_a_status_raises_exactly_this_error(api, server, status, name):
    """Each status that is not a success raises its own class; any that has none a plain one of its family."""
    server.fallback = Answer(status, "{}")
    with pytest.raises(anthropic_models.APIStatusError) as caught:
        api.retrieve(api.client(max_retries=0))

    assert type(caught.value).__name__ == name
    assert caught.value.status_code == status


@each(("status", "name"), ERROR_OF.items())
def test_a_class_knows_its_status(status, name):
    """The class of one status has it as `status_code`, without an answer."""
    assert getattr(anthropic_models, name).status_code == status


def test_errors_can_be_made_by_hand():
    """A caller's test can make each error with the arguments of the official one."""
    request = httpx.Request("GET", "https://api.anthropic.com/")
    response = httpx.Response(429, request=request, headers={"request-id": "req_1"})
    made = [
        anthropic_models.APIError("text", request, body=None),
        anthropic_models.APIConnectionError(request=request),
        anthropic_models.APIConnectionError(message="text", request=request),
        anthropic_models.APITimeoutError(request),
        anthropic_models.APITimeoutError(request=request),
        anthropic_models.APIResponseValidationError(response, body={"a": 1}),
        anthropic_models.APIStatusError("text", response=response, body="text"),
        anthropic_models.RateLimitError("text", response=response, body=None),
    ]

    assert {each.request for each in made} == {request}
    assert [str(each) == each.message and bool(each.message) for each in made] == [True] * len(made)
    assert (made[-1].request_id, made[-1].status_code, made[-1].response) == ("req_1", 429, response)
    assert (made[5].body, made[6].body) == ({"a": 1}, "text")


def test_arguments_that_cannot_be_sent_are_no_api_errors():
    """What is refused before sending is a ValueError or TypeError of Python, outside of the tree."""
    assert not issubclass(anthropic_models.AnthropicError, (ValueError, TypeError))
