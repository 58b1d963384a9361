"""Requests and replies, and what httpx gets of them."""

from __future__ import annotations

from typing import Any

import httpx
from trust import TLS

from anthropic_models.secrets import RequestHeaders
from anthropic_models.transport.http11 import Head
from anthropic_models.transport.messages import UNREADABLE, Origin, Reply, Request


def sending(target: str = "/a?b=c", **headers: str) -> Request:
    """A request."""
    return Request(
        "GET", Origin("http", "h", 81, "h:81"), target, {name.replace("_", "-"): each for name, each in headers.items()}
    )


def test_an_origin_is_scheme_host_and_port():
    """With the port that goes without saying, the host without brackets, and what the `Host` header says."""
    urls = ["https://h/x", "http://h", "http://h:443", "https://H:80", "http://[::1]:8", "https://b\u00fccher.test"]

    assert [tuple(Origin.of(httpx.URL(url))) for url in urls] == [
        ("https", "h", 443, "h"),
        ("http", "h", 80, "h"),
        ("http", "h", 443, "h:443"),
        ("https", "h", 80, "h:80"),
        ("http", "::1", 8, "[::1]:8"),
        ("https", "xn--bcher-kva.test", 443, "xn--bcher-kva.test"),
    ]


def test_a_request_of_a_client_has_both_kinds_of_headers_and_parameters():
    """Ours win; of its own, cookies are left out, and credentials where ours has one."""
    own = {"x-api-key": "theirs", "Authorization": "theirs", "a": "theirs", "b": "theirs"}
    client = httpx.Client(headers=own, cookies={"c": "d"}, params={"p": "q"}, verify=TLS)
    timeouts: dict[str, Any] = {"read": 1.0}
    request = sending("/a?b=c?d&p=r", x_api_key="ours", A="ours")
    made = request.made_by(client, timeouts)
    without = sending("/a", cookie="ours").made_by(client, timeouts)

    assert (made.method, str(made.url)) == ("GET", "http://h:81/a?p=r&b=c%3Fd")
    assert [made.headers.get(name) for name in ("x-api-key", "authorization", "a", "b", "cookie")] == [
        "ours",
        None,
        "ours",
        "theirs",
        None,
    ]
    assert [without.headers.get(name) for name in ("x-api-key", "authorization", "cookie")] == [
        "theirs",
        "theirs",
        "ours",
    ]
    assert (type(made.headers), made.extensions["timeout"], request.as_httpx is made) == (
        RequestHeaders,
        timeouts,
        True,
    )
    assert str(without.url) == "http://h:81/a?p=q"
    plain = httpx.Client(verify=TLS)
    assert str(sending("/a?b=%2F&b=").made_by(plain, timeouts).url) == "http://h:81/a?b=%2F&b="


def test_a_request_as_httpx_has_it_is_made_once():
    """With the headers as they are, and a credential that is not shown."""
    request = sending(X_Api_Key="planted")

    assert request.as_httpx is request.as_httpx
    assert (request.as_httpx.method, str(request.as_httpx.url)) == ("GET", request.url) == ("GET", "http://h:81/a?b=c")
    assert dict(request.as_httpx.headers) == {"x-api-key": "planted"}
    assert "planted" not in repr(request.as_httpx.headers)


def test_a_success_is_from_200_to_299():
    """And nothing below or above."""
    statuses = (100, 199, 200, 201, 204, 298, 299, 300, 307, 400)

    assert [each for each in statuses if Reply(sending(), each, [], {}).is_success] == [200, 201, 204, 298, 299]


def test_a_header_of_a_reply_is_its_first():
    """In whatever bytes; None where there is none."""
    reply = Reply(sending(), 200, [(b"a", b"\xe9"), (b"b", b"1"), (b"b", b"2")], {})

    assert [reply.header(name) for name in (b"a", b"b", b"c")] == ["\u00e9", "1", None]


def test_a_reply_as_httpx_has_it_has_all_of_it():
    """Its status, headers as they came, body as it was decoded, words, protocol, and time; made once."""
    request = sending()
    headers = [(b"content-encoding", b"gzip"), (b"A", b"1"), (b"A", b"2")]
    reply = Head(404, headers, b"Gone", b"1.0").reply(request)
    reply.body, reply.seconds = b"abc", 1.5
    made = reply.as_httpx

    assert (made is reply.as_httpx, made.request is request.as_httpx) == (True, True)
    assert (made.status_code, made.headers.raw, made.content) == (404, headers, b"abc")
    assert (made.reason_phrase, made.http_version, made.elapsed.total_seconds()) == ("Gone", "HTTP/1.0", 1.5)
    assert (made.extensions, made.is_closed) == ({"http_version": b"HTTP/1.0", "reason_phrase": b"Gone"}, True)


def test_a_reply_that_was_cut_short_says_so():
    """In an extension, beside those that it has anyway."""
    reply = Reply(sending(), 200, [], {"http_version": b"HTTP/1.1"})
    reply.problem = ValueError("short")

    assert reply.as_httpx.extensions == {"http_version": b"HTTP/1.1", UNREADABLE: reply.problem}
    assert UNREADABLE == "anthropic_models.unreadable"


def test_a_reply_that_is_read_later_is_not_read_before():
    """Its headers say nothing of an encoding that is gone by then; its content is that of the stream."""

    class Body(httpx.SyncByteStream):
        def __iter__(self) -> Any:
            yield b"abc"

    request = sending()
    reply = Reply(request, 206, [(b"content-encoding", b"gzip"), (b"a", b"1")], {"http_version": b"HTTP/1.0"})
    reply.body = Body()
    made = reply.as_httpx

    assert (made.status_code, made.headers.raw, made.http_version) == (206, [(b"a", b"1")], "HTTP/1.0")
    assert (made.is_closed, made.request is request.as_httpx) == (False, True)
    assert [made.read(), reply.content, Reply(request, 200, [], {}).content] == [b"abc", b"abc", b""]
