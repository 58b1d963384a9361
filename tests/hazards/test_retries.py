"""Which failures are retried, how many requests are sent, and how long a client waits between them."""

import email.utils
import time

import httpx
import pytest
from cases import each, types
from recording import Answer

from anthropic_models import APIConnectionError

RETRIED = [
    *((status, None) for status in (408, 409, 429, 500, 502, 503, 504, 520, 529, 599)),
    *((400, "true"), (501, "true"), (429, "maybe")),
]
NOT_RETRIED = [
    *((status, None) for status in (501, 505, 400, 401, 403, 404, 405, 413, 422, 418, 499, 304, 300, 200, 204)),
    *((400, "maybe"), (500, "false"), (429, "false")),
]


def test_the_number_of_requests_is_exact(any_api, server, naps):
    """Two retries follow an error with `is_retryable`, and none follows another; each request has its number."""
    replies = {}
    for status, verdict in (*RETRIED, *NOT_RETRIED):
        headers = {"x-should-retry": verdict} if verdict else {}
        replies[status, verdict] = Answer(status, "" if status in (204, 304) else "{}", headers)
    errors = any_api.replies(server, replies, any_api.client(max_retries=2))
    counts = {}
    for request in server.requests:
        counts.setdefault(request.model, []).append(request.header("x-stainless-retry-count"))
    again = [each in RETRIED for each in replies]

    assert [error.is_retryable for error in errors.values()] == again
    assert [*counts.values()] == [["0", "1", "2"] if each else ["0"] for each in again]


def test_a_closed_client_sends_nothing(any_api, server, naps):
    """It raises one clear error without a retry; so do its copies, and a client whose HTTP client was closed."""
    given, http = any_api.http(), any_api.http()
    first, second = (any_api.client(max_retries=2, http_client=each) for each in (given, http))
    for _ in range(2):  # a client can be closed twice
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


def test_a_hook_that_reads_half_a_body_frees_its_connection(our_api, naps):
    """The rest of the body cannot be read, which is an error of this package; the next call succeeds."""
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


def test_an_exception_of_a_hook_is_a_connection_error_without_a_retry(given_api, server, naps):
    """So is a request that a hook made impossible to send, and an exception of httpx that is not an HTTPError."""
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


NOW = 1_700_000_000
NONSENSE = [
    "inf", "-inf", "nan", "1e309", "-5", "-10", "-0.1", "soon", "", "1_0", "0x10", "\xb2", "5;6", "Mon, 99 Foo 2025",
    "Fri, 99 Sep 2023 16:26:57 GMT", "99999999999999999999x", "1 2", "1e", "[]",
]  # fmt: skip


def date(seconds, zone="GMT"):
    """The HTTP date that is this many seconds away."""
    return email.utils.formatdate(NOW + seconds, usegmt=True).replace("GMT", zone).strip()


WAITS = {
    "20": 20, "0.25": 0.25, "60": 60, "0": 0, date(0): 0, date(37): 37, date(60): 60, date(-100_000): None,
    date(50, ""): 50, date(50, "-0000"): 50, date(50, "+0000"): 50, date(3600): 3600, "86400": 86400,
    "60.001": 60.001, "1e300": 1e300, "9" * 300: 1e300, **dict.fromkeys(NONSENSE),
}  # fmt: skip


@pytest.fixture
def _other_time_zone(monkeypatch):
    """A program in another time zone than that of HTTP dates."""
    monkeypatch.setattr(time, "time", lambda: float(NOW))
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("_other_time_zone")
@each(
    ("headers", "seconds"),
    [
        ({}, None),
        *(({"retry-after": text}, seconds) for text, seconds in WAITS.items()),
        *(({"retry-after-ms": text}, None) for text in NONSENSE),
        *(({"retry-after-ms": text}, float(text) / 1000) for text in ("0", "1500", "60001", "1e300")),
        ({"retry-after-ms": "100", "retry-after": "20"}, 0.1),
        ({"retry-after-ms": "nonsense", "retry-after": "20"}, 20),
    ],
)
def test_the_server_can_set_the_delay(api, server, naps, headers, seconds):
    """By milliseconds, else by seconds or a UTC date; a delay of more than a minute raises the error at once."""
    server.plan(*[Answer(429, {}, headers)] * 2)
    error = api.error(api.client(max_retries=1))

    assert error.retry_after == pytest.approx(seconds)
    assert naps == ([] if (seconds or 0) > 60 else [pytest.approx(seconds or 0.5)])
