"""What holds a credential shows it only to who asks for it by name."""

from __future__ import annotations

import pickle
from typing import Any

import httpx

from anthropic_models.secrets import RequestHeaders, Secret, cause_without_secrets, hidden, response_without_echo

KEY = "sk-ant-planted-0123456789"
HEADERS = [("x-api-key", KEY), ("authorization", f"Bearer {KEY}"), ("x-other", "shown")]


def test_headers_show_all_but_their_credentials():
    """In their `repr` and in a pickle; one by one they can be read, in a copy too."""
    headers = RequestHeaders(HEADERS)
    shown = "Headers({'x-api-key': '[secret]', 'authorization': '[secure]', 'x-other': 'shown'})"

    assert [headers["x-api-key"], headers.copy()["authorization"]] == [KEY, f"Bearer {KEY}"]
    assert [repr(headers), repr(headers.copy()), repr(pickle.loads(pickle.dumps(headers)))] == [shown] * 3
    assert type(headers.copy()) is RequestHeaders


def test_arguments_are_hidden_by_their_names():
    """Those that are credentials, and no others; what is no argument is left out."""
    arguments: dict[str, Any] = {
        "self": object(),
        "__class__": object,
        "api_key": KEY,
        "auth_token": None,
        "base_url": "http://models.test",
    }
    made = hidden(arguments)

    assert list(made) == ["api_key", "auth_token", "base_url"]
    assert isinstance(made["api_key"], Secret)
    assert [made["api_key"].value, made["auth_token"], made["base_url"]] == [KEY, None, "http://models.test"]


def chain() -> list[BaseException]:
    """Three errors, each in the wake of the next, in a circle; all with a traceback and the key in their words."""
    errors: list[BaseException] = []
    for words in ("first", "second", "third"):
        try:
            raise ValueError(f"{words} {KEY}", 7, KEY.encode())
        except ValueError as error:
            errors.append(error)
    errors[0].__cause__, errors[1].__context__, errors[2].__cause__ = errors[1], errors[2], errors[0]
    return errors


def test_an_error_loses_the_key_along_its_whole_chain():
    """Its causes and contexts too, though they go round in a circle: no traceback, and no word of the key."""
    errors = chain()
    request = httpx.Request("GET", "http://models.test", headers={"x-api-key": KEY})

    assert cause_without_secrets(errors[0], request) is errors[0]
    assert [error.__traceback__ for error in errors] == [None] * 3
    assert [error.args[0] for error in errors] == ["first [secret]", "second [secret]", "third [secret]"]
    assert [error.args[1] for error in errors] == [7] * 3


def test_an_answer_loses_the_echo_of_the_key():
    """From its body, its reason and its headers; all else is as it was, and one without an echo is the very same."""
    request = httpx.Request("GET", "http://models.test", headers={"authorization": f"Bearer {KEY}"})
    extensions = {"reason_phrase": f"No {KEY}".encode(), "http_version": b"HTTP/1.1"}
    response = httpx.Response(
        418, content=f"<{KEY}>".encode(), headers=[("a", KEY), ("b", "c")], request=request, extensions=extensions
    )
    cleaned = response_without_echo(response)

    assert (cleaned.status_code, cleaned.content, cleaned.reason_phrase) == (418, b"<[secret]>", "No [secret]")
    assert (cleaned.headers["a"], cleaned.headers["b"], cleaned.http_version) == ("[secret]", "c", "HTTP/1.1")
    assert cleaned.request is request
    assert response_without_echo(cleaned) is cleaned
