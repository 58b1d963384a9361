"""A server that sends the planted key back does not get it into an error."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from hostile import answer
from outcomes import by_name
from showing import leaks

from anthropic_models import AnthropicError


def echoes(key: str) -> dict[str, bytes]:
    """Answers with the key in every place, of every sort of status."""
    error = {"error": {"message": f"bad key {key}"}}
    return {
        f"{name} of {status}": reply
        for status in (200, 401, 500)
        for name, reply in {
            "message": answer(error, status),
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
    assert key not in caplog.text
