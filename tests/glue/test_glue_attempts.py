"""The attempts of a call: the line of the log for each, and when there is another."""

from __future__ import annotations

import logging
import pickle
import time
from typing import Any

import httpx
import pytest
from calling import made
from telling import told

from anthropic_models import APIConnectionError, InternalServerError
from anthropic_models.transport.messages import Reply


def test_each_outcome_is_a_line_of_the_log(caplog: Any, monkeypatch: pytest.MonkeyPatch):
    """Method, address, outcome, request id, attempt, milliseconds; each retry another."""
    caplog.set_level(logging.INFO, "anthropic_models")
    clock = iter([1000.0, 1001.5, 2000.0, 2000.25, 2000.5])
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    monkeypatch.setattr("random.random", lambda: 0.0)
    call = made()
    call.onward(Reply(call.request("/a", 0), 200, [(b"request-id", b"req-planted")], {}), set())
    request = call.request("/b", 1)
    error = call.failed(httpx.ConnectError("no planted"), request)
    call.onward(Reply(request, 204, [], {}), set())

    assert call.delay(error, 1) == 1.0
    shown = "APIConnectionError('Connection error: no [secret]')"
    assert [record.getMessage() for record in caplog.records] == [
        "GET https://h:444/a -> 200 (request id req-[secret], attempt 1, 1500 ms)",
        f"GET https://h:444/b -> {shown} (request id None, attempt 2, 250 ms)",
        "GET https://h:444/b -> 204 (request id None, attempt 2, 500 ms)",
        f"retry 2 of 2 in 1.00 s after {shown}",
    ]


def test_another_attempt_is_made_while_it_may_help(monkeypatch: pytest.MonkeyPatch):
    """Up to the last retry, and where the server asks for a minute at most."""
    monkeypatch.setattr("random.random", lambda: 0.0)
    call = made()
    error = InternalServerError("x", response=httpx.Response(500, request=call.request("/", 0).as_httpx), body=None)
    error.is_retryable = True
    found = []
    for asked in (None, 0.0, 60.0, 60.001):
        error.retry_after = asked
        found.append([call.delay(error, taken) for taken in (0, 1, 2)])
    error.is_retryable, error.retry_after = False, None

    assert found == [[0.5, 1.0, None], [0.5, 1.0, None], [60.0, 60.0, None], [None, None, None]]
    assert call.delay(error, 0) is None


def test_a_call_is_neither_copied_nor_pickled():
    """It holds a credential, and says so."""
    assert told(pickle.dumps, made()) == (
        "TypeError: a call and its response cannot be pickled or copied: they hold a credential"
    )


def test_a_closed_client_is_told_with_the_request_that_was_not_sent():
    """The first attempt of it, and no retry."""
    error = made().closed()

    assert (type(error), str(error)) == (APIConnectionError, "The client is closed; make a new one.")
    assert (error.request.url.path, error.request.headers["x-stainless-retry-count"]) == ("/base/v1/models/m", "0")
    assert error.is_retryable is False
