"""A server that sends the planted key back does not get it into an error."""

from __future__ import annotations

import json
import logging
import re
from typing import Any

import pytest
from hostile import answer
from outcomes import by_name
from showing import leaks, shown

from anthropic_models import AnthropicError


def escaped(key: str) -> str:
    """The key as JSON and URLs may spell it, each character in another way."""
    forms = ("{}", "\\u{:04x}", "\\u{:04X}", "%{:02X}", "%{:02x}")
    return "".join(
        forms[number % 5].format(ord(each) if number % 5 else each) for number, each in enumerate(key)
    ).replace("-", "\\u002d")


def spelt_out(text: str) -> str:
    """The text without escapes."""
    plain = re.sub(r"\\+u([0-9a-fA-F]{4})|%([0-9a-fA-F]{2})", lambda found: chr(int(found[1] or found[2], 16)), text)
    return plain.replace("\\", "")


def echoes(key: str) -> dict[str, bytes]:
    """Answers with the key in every place, of every sort of status."""
    error = {"error": {"message": f"bad key {key}"}}
    spelt = json.dumps(error).replace(key, escaped(key)).encode()
    return {
        f"{name} of {status}": reply
        for status in (200, 401, 500)
        for name, reply in {
            "message": answer(error, status),
            "escaped": answer(spelt, status),
            "escaped, no JSON": answer(spelt[:-1], status),
            "no UTF-8": answer(b"\xff" + spelt + key.encode(), status),
            "request-id": answer({}, status, [("request-id", f"http://127.0.0.1/{key}")]),
            "location": answer({}, status, [("location", f"http://127.0.0.1/{key}")]),
            "no JSON": answer(f"bad {key}".encode(), status),
            "reason": answer({}, status).replace(b"Status", key.encode(), 1),
            "no HTTP": f"NONSENSE {status} {key}\r\n\r\n".encode(),
        }.items()
    }


def test_a_server_that_echoes_the_key_does_not_get_it_into_an_error(
    any_api: Any, serve: Any, key: str, caplog: pytest.LogCaptureFixture
) -> None:
    """What comes back in a message, a header or a body is hidden in all that the error shows and carries."""
    caplog.set_level(logging.DEBUG, logger="anthropic_models")
    replies = echoes(key)

    errors = any_api.outcomes(any_api.client(serve(by_name(replies)).url), replies)

    assert [name for name, error in errors.items() if not isinstance(error, AnthropicError)] == []
    assert leaks(errors, key) == {}
    texts = {name: [spelt_out(text) for text in shown(error)] for name, error in errors.items()}
    assert [name for name, each in texts.items() if any(key in text for text in each)] == []
    assert key not in caplog.text


def test_a_key_of_six_characters_is_hidden_too(api: Any, serve: Any) -> None:
    """A shorter one is not looked for: it would be found in innocent words."""
    server = serve(lambda peer: peer.send(answer({"error": {"message": "bad qZ7-x_, bad qZ7-x"}}, 401)))

    errors = {key: api.error(api.client(server.url, api_key=key)) for key in ("qZ7-x_", "qZ7-x")}

    assert {key: "[secret]" in str(error) for key, error in errors.items()} == {"qZ7-x_": True, "qZ7-x": False}
