"""The planted key is in nothing that an error, a log record or an answer shows, chains or pickles."""

from __future__ import annotations

import copy
import logging
import pickle
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from hostile import answer
from outcomes import by_name
from showing import leaks

from anthropic_models import AnthropicError

if TYPE_CHECKING:
    from hostile import Peer


def cut(peer: Peer) -> None:
    """An answer that ends too soon."""
    peer.send(answer(length=False)[:-5].replace(b"\r\n\r\n", b"\r\ncontent-length: 500\r\n\r\n"))
    peer.socket.close()


FAULTS: dict[str, Any] = {
    "status": answer({"type": "error", "error": {"type": "api_error", "message": "no"}}, 500, [("request-id", "r")]),
    "no model": answer([1, 2, 3]),
    "no JSON": answer(b"<html>"),
    "no HTTP": b"SSH-2.0-x\r\n\r\n",
    "cut": cut,
    "dropped": lambda peer: peer.socket.close(),
    "reset": lambda peer: peer.reset(),
    "silent": lambda peer: peer.hold(),
    "redirect": answer(b"", 302, [("location", "http://127.0.0.2:1/")]),
    "bad location": answer(b"", 302, [("location", "http://[")]),
    "bomb": answer(b"x" * 2_000_000),
}


TIMEOUT = 0.05
"""Of the silent server's calls; the others have ten seconds."""


def all_faults(api: Any, serve: Any, **settings: Any) -> dict[str, Any]:
    """The error of each fault."""
    client = api.client(serve(by_name(FAULTS)).url, **settings)
    silent = api.outcomes(client, ["silent"], timeout=TIMEOUT)
    return {**api.outcomes(client, [name for name in FAULTS if name not in silent]), **silent}


@pytest.mark.parametrize("credential", ["api_key", "auth_token"])
def test_no_error_shows_the_key(any_api: Any, serve: Any, key: str, credential: str) -> None:
    """Not in its repr, str, args, attributes, traceback, cause, context or pickle."""
    errors = all_faults(any_api, serve, **{"api_key": None, credential: key})

    assert [name for name, error in errors.items() if not isinstance(error, AnthropicError)] == []
    assert leaks(errors, key) == {}
    assert [name for name, error in errors.items() if key in repr(vars(copy.deepcopy(error.request)))] == []


def test_no_log_record_shows_the_key(any_api: Any, serve: Any, key: str, caplog: pytest.LogCaptureFixture) -> None:
    """Not at any level of any logger, httpx, httpcore and asyncio among them; and there are records."""
    caplog.set_level(logging.DEBUG)
    for name in ("anthropic_models", "httpx", "httpcore", "httpcore.http11", "asyncio"):
        caplog.set_level(logging.DEBUG, logger=name)
    all_faults(any_api, serve)
    told = " ".join(record.getMessage() for record in caplog.records if record.name == "anthropic_models")

    assert [name for name in FAULTS if quote(name) not in told] == []
    assert [record for record in caplog.records if key in record.getMessage() or key in str(vars(record))] == []


def test_raw_and_streamed_responses_do_not_show_the_key(any_api: Any, serve: Any, key: str) -> None:
    """Their reprs, those of the request and response in them, and their pickles, where they have one."""
    client = any_api.client(serve().url)
    raw = any_api.run(client.models.with_raw_response.retrieve("m"))

    assert key not in repr([raw, vars(raw), raw.http_request, raw.http_request.headers, vars(raw.http_response)])
    assert key not in repr([raw.http_request.headers.copy(), copy.copy(raw.http_request.headers)])
    try:
        pickled = pickle.dumps(raw)
    except (TypeError, AttributeError):
        pickled = b""
    assert key.encode() not in pickled


def test_a_hook_that_raises_gives_an_error_without_the_key(given_api: Any, serve: Any, key: str) -> None:
    """raise_for_status in a hook, where the answer is not read yet, is the error of its status."""
    hook = given_api.hook(lambda response: response.raise_for_status())
    client = given_api.client(serve(answer({}, 418)).url, http={"event_hooks": {"response": [hook]}})

    error = given_api.error(client)

    assert error.status_code == 418
    assert leaks({"hook": error}, key) == {}
