"""What is taken out of answers and errors, and from which length on."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import httpx

from anthropic_models.secrets import (
    RequestHeaders,
    Secret,
    cause_without_secrets,
    hidden,
    response_without_echo,
    without_echo,
)

URL = "http://models.test/"


def asking(**headers: str) -> httpx.Request:
    """A request with these headers."""
    return httpx.Request("GET", URL, headers={name.replace("_", "-"): value for name, value in headers.items()})


def test_a_credential_of_six_characters_is_looked_for():
    """A shorter one is not, nor is a header that was not sent; of a bearer token only what follows the word."""
    text = "abcdef abcde XXXXXX Bearer abcdef"
    told = {
        "six": without_echo(asking(x_api_key="abcdef"), text),
        "five": without_echo(asking(x_api_key="abcde"), text),
        "token": without_echo(asking(authorization="Bearer abcdef"), text),
        "both": without_echo(asking(authorization="Bearer XXXXXX", x_api_key="abcdef"), text),
        "another scheme": without_echo(asking(authorization="Basic abcdef"), "abcdef Basic abcdef"),
        "none": without_echo(asking(), text + "XXXX"),
    }

    assert told == {
        "six": "[secret] abcde XXXXXX Bearer [secret]",
        "five": text,
        "token": "[secret] abcde XXXXXX Bearer [secret]",
        "both": "[secret] abcde [secret] Bearer [secret]",
        "another scheme": "abcdef [secret]",
        "none": text + "XXXX",
    }


def test_both_credentials_are_hidden_among_arguments():
    """The token as well as the key; all else is as it was."""
    made = hidden({"self": 1, "auth_token": "t", "api_key": "k", "token": "u", "__class__": 2})

    assert {name: getattr(value, "value", value) for name, value in made.items()} == {
        "auth_token": "t",
        "api_key": "k",
        "token": "u",
    }
    assert [type(made["auth_token"]), type(made["api_key"]), type(made["token"])] == [Secret, Secret, str]


def test_a_secret_is_copied_and_pickled_without_its_value():
    """What comes back shows itself as every secret does, and has nothing else."""
    copies: list[Any] = [pickle.loads(pickle.dumps(Secret("planted"))), copy.copy(Secret("planted"))]

    assert [(type(each), each.value, repr(each)) for each in copies] == [(Secret, "[secret]", "[secret]")] * 2


def test_these_headers_are_hidden():
    """Both credentials, those for a proxy, and cookies; twice where they stand twice."""
    names = ["X-Api-Key", "Authorization", "Proxy-Authorization", "Cookie", "Accept", "x-api-key"]
    headers = RequestHeaders([(name, f"v{number}") for number, name in enumerate(names)])

    assert pickle.loads(pickle.dumps(headers)).multi_items() == [
        ("x-api-key", "[secret]"),
        ("authorization", "[secret]"),
        ("proxy-authorization", "[secret]"),
        ("cookie", "[secret]"),
        ("accept", "v4"),
        ("x-api-key", "[secret]"),
    ]


def test_an_answer_that_was_not_read_stays_unread():
    """Its headers lose the echo all the same, and its body becomes an empty one."""
    request = asking(x_api_key="planted")
    response = httpx.Response(
        200, headers={"a": "planted", "b": "c"}, stream=httpx.ByteStream(b"planted"), request=request
    )
    cleaned = response_without_echo(response)

    assert (cleaned.headers.raw, cleaned.content) == ([(b"a", b"[secret]"), (b"b", b"c")], b"")
    assert (cleaned.extensions, cleaned.status_code) == ({"reason_phrase": b""}, 200)
    given_up = httpx.Response(200, stream=httpx.ByteStream(b"planted"), request=request)
    given_up.close()
    assert response_without_echo(given_up) is given_up


def test_an_answer_keeps_the_spelling_and_the_order_of_its_headers():
    """Also where one stands twice, and where a name has the echo."""
    headers = [(b"A", b"1"), (b"B-planted", b"planted"), (b"A", b"2")]
    response = httpx.Response(200, headers=headers, content=b"-", request=asking(x_api_key="planted"))
    response.extensions["reason_phrase"] = b"No planted"
    cleaned = response_without_echo(response)
    assert cleaned.extensions == {"reason_phrase": b"No [secret]"}

    assert cleaned.headers.raw == [(b"A", b"1"), (b"B-[secret]", b"[secret]"), (b"A", b"2"), (b"Content-Length", b"1")]
    assert (cleaned.content, response_without_echo(cleaned) is cleaned) == (b"-", True)


def test_a_credential_of_odd_letters_breaks_nothing():
    """A hook of the caller's may have sent one; the answer is as it was, or loses what looks like it."""
    request = httpx.Request("GET", URL, headers=[(b"x-api-key", "pl\u00e4nted".encode("latin-1"))])
    answers = [httpx.Response(200, content=content, request=request) for content in (b"planted", b"pl?nted")]

    assert [response_without_echo(answer).content for answer in answers] == [b"planted", b"[secret]"]


def test_causes_and_contexts_of_an_error_are_all_cleaned():
    """On both branches: the cause of the error, its context, and theirs."""
    errors = [ValueError(f"planted {number}") for number in range(5)]
    errors[0].__cause__, errors[0].__context__ = errors[1], errors[2]
    errors[1].__cause__, errors[1].__context__ = errors[3], errors[0]
    errors[2].__context__ = errors[4]
    cause_without_secrets(errors[0], asking(x_api_key="planted"))

    assert [str(error) for error in errors] == [f"[secret] {number}" for number in range(5)]
