"""Nothing hopeless is tried again, request counts are exact, and nothing is slept that a user would not wait for."""

import email.utils
import time

import httpx
import pytest
from cases import types
from recording import Answer

from anthropic_models import APIConnectionError, APIError, RateLimitError

TRIED_AGAIN = [
    *((status, None) for status in (408, 409, 429, 500, 502, 503, 504, 520, 529, 599)),
    *((400, "true"), (501, "true"), (429, "maybe")),
]
TRIED_ONCE = [
    *((status, None) for status in (501, 505, 400, 401, 403, 404, 405, 413, 422, 418, 499, 304, 300, 200, 204)),
    *((400, "maybe"), (500, "false"), (429, "false")),
]


def test_the_number_of_requests_is_exact(any_api, server, naps):
    """Two retries where one may help, none where it cannot; each tells which attempt it is."""
    answers, counts = {}, {}
    for status, verdict in (*TRIED_AGAIN, *TRIED_ONCE):
        name = str((status, verdict))
        headers = {"x-should-retry": verdict} if verdict else {}
        answers[name] = Answer(status, "" if status in (204, 304) else "{}", headers)
        counts[name] = ["0", "1", "2"] if (status, verdict) in TRIED_AGAIN else ["0"]
    server.fallback = answers
    errors = any_api.outcomes(counts, any_api.client(max_retries=2))
    told = {}
    for request in server.requests:
        told.setdefault(request.model, []).append(request.header("x-stainless-retry-count"))

    assert [name for name, error in errors.items() if not isinstance(error, APIError)] == []
    assert told == counts


def test_a_closed_client_sends_nothing(any_api, server, naps):
    """One clear error, without a retry; the same if the http_client was closed behind its back, and by a copy."""
    given, http = any_api.http(), any_api.http()
    first, second = (any_api.client(max_retries=2, http_client=each) for each in (given, http))
    for _ in range(2):  # closing twice does no harm
        any_api.run(first.close())
    any_api.run(http.aclose() if any_api.is_async else http.close())
    assert given.is_closed
    assert second.is_closed()
    default = any_api.client_class(api_key="k")
    any_api.run(default.close())
    errors = [any_api.error(client) for client in (first, first.copy(), second, default)]

    assert [type(error) for error in errors] == [APIConnectionError] * 4
    assert {str(error) for error in errors} == {"The client is closed; create a new one."}
    assert {error.request.headers["x-stainless-retry-count"] for error in errors} == {"0"}
    assert (server.connections, naps) == (0, [])


def test_a_hook_that_reads_a_part_leaves_no_place_taken(our_api, naps):
    """The rest of the body cannot be read, which is an error of ours, and the next call succeeds."""
    kept = []

    def hook(response):
        kept.append(response.iter_raw())
        next(kept[-1])

    async def async_hook(response):
        kept.append(response.aiter_raw())
        await anext(kept[-1])

    http_client = our_api.http(limits=httpx.Limits(max_connections=1))
    http_client.event_hooks = {"response": [async_hook if our_api.is_async else hook]}
    client = our_api.client(http_client=http_client, timeout=0.5)
    error = our_api.error(client)
    http_client.event_hooks = {}

    assert (type(error), len(kept)) == (APIConnectionError, 1)
    assert our_api.retrieve(client).type == "model"


def test_what_a_hook_spoils_or_raises_is_an_error_of_the_tree_once(given_api, server, naps):
    """Also a request that cannot be sent, and the exceptions of httpx that are no httpx.HTTPError."""
    library, tried = given_api.library, []
    kinds = [ValueError, RuntimeError, KeyError, library.InvalidURL, library.StreamClosed, library.CookieConflict]
    raised = {kind.__name__: kind() if kind is library.StreamClosed else kind("boo") for kind in kinds}

    def hook(request):
        tried.append(request.url.path.rpartition("/")[2])
        if tried[-1] in raised:
            raise raised[tried[-1]]
        request.url = library.URL("gopher://h/")

    http = {"event_hooks": {"request": [given_api.hook(hook)]}}
    names = [*raised, "gopher"]
    errors = given_api.outcomes(names, given_api.client(http=http, max_retries=2))

    assert types(errors) == dict.fromkeys(names, APIConnectionError)
    assert {name: type(errors[name].__cause__) for name in raised} == types(raised)
    assert (tried, server.requests, naps) == (names, [], [])


NONSENSE = [
    "inf", "-inf", "nan", "1e309", "-5", "-10", "-0.1", "soon", "", "1_0", "0x10", "\xb2", "5;6", "Mon, 99 Foo 2025",
    "Fri, 99 Sep 2023 16:26:57 GMT", "99999999999999999999x", "1 2", "1e", "[]",
]  # fmt: skip
FAR = ["86400", "60.001", "1e300", "9" * 300]


def date(offset, zone="GMT"):
    """An HTTP date this far away."""
    return email.utils.formatdate(time.time() + offset, usegmt=True).replace("GMT", zone).strip()


def test_nonsense_in_retry_after_counts_as_absent(api, server, naps):
    """The usual delay is slept, and the error has no retry_after."""
    replies = [Answer(429, {}, {name: text}) for text in NONSENSE for name in ("retry-after", "retry-after-ms")]
    server.plan(*replies)
    client = api.client(max_retries=1)
    asked = {text: api.error(client).retry_after for text in NONSENSE}

    assert asked == dict.fromkeys(NONSENSE)
    assert (naps, len(server.requests)) == ([0.5] * len(NONSENSE), len(replies))


def test_more_than_a_minute_is_raised_at_once(api, server, naps):
    """With `retry_after` set, for the caller to decide."""
    headers = {
        "a date": ("retry-after", date(3600)),
        **{text: ("retry-after", text) for text in FAR},
        **{f"{text} in ms": ("retry-after-ms", str(float(text) * 1000)) for text in FAR},
    }
    server.fallback = {name: Answer(429, {}, [header]) for name, header in headers.items()}
    errors = api.outcomes(headers, api.client(max_retries=2))

    assert types(errors) == dict.fromkeys(headers, RateLimitError)
    assert {name: error.retry_after for name, error in errors.items() if not error.retry_after > 60} == {}
    assert (server.asked, naps) == (dict.fromkeys(headers, 1), [])


@pytest.mark.parametrize("zone", ["GMT", "", "-0000", "+0000"])
def test_a_date_is_read_as_universal_time(api, server, naps, zone, monkeypatch):
    """Wherever the program runs, and also in the old form without a zone; the past counts as absent."""
    now = int(time.time())
    monkeypatch.setattr(time, "time", lambda: float(now))
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    server.plan(*(Answer(503, {}, {"retry-after": date(offset, zone)}) for offset in (50, -100_000)))
    api.retrieve(api.client(max_retries=2))
    monkeypatch.undo()
    time.tzset()

    assert naps == [50, 1]
