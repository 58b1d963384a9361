"""Our HTTP clients keep no cookie of a server's and send none; one of httpx or httpx2 has a jar of its own."""

from __future__ import annotations

from typing import Any

from hostile import answer
from outcomes import by_name, name_in

COOKIES = [("set-cookie", f"biscuit{number}={'x' * 300}; Path=/; Max-Age=999999") for number in range(50)]


def test_cookies_of_answers_are_neither_kept_nor_sent_back(api: Any, serve: Any) -> None:
    """Whatever the answer's status, the next request has no Cookie header, and the jar is empty."""
    replies = {str(status): answer(status=status, headers=COOKIES) for status in (200, 404)}
    moved = answer(status=302, headers=[*COOKIES, ("location", "/v1/models/200")])
    server, http = serve(by_name({**replies, "302": moved})), api.http()
    settings = {} if api.is_plain else {"http_client": http}
    outcomes = api.outcomes(api.client(server.url, **settings), ["200", "404", "302", "200"])

    assert {name: type(each).__name__ for name, each in outcomes.items()} == {
        "200": "ModelInfo", "404": "NotFoundError", "302": "ModelInfo"
    }  # fmt: skip
    assert [(name_in(each), each.values("cookie")) for each in server.requests] == [
        (name, []) for name in ("200", "404", "302", "200", "200")
    ]
    assert dict(http.cookies) == {}


def test_the_jar_of_the_callers_own_client_is_its_own(any_api: Any, serve: Any) -> None:
    """What it holds is sent; what a server sets is kept, as httpx and httpx2 do."""
    http = any_api.http(cookies={"mine": "1"})
    server = serve(answer(headers=[("set-cookie", "theirs=2; Path=/")]))
    client = any_api.client(server.url, http_client=http)
    any_api.outcomes(client, ["first", "second"])

    assert [each.values("cookie") for each in server.requests] == [["mine=1"], ["mine=1; theirs=2"]]


def test_a_cookie_that_the_caller_gives_by_hand_is_sent(any_api: Any, serve: Any) -> None:
    """extra_headers are the caller's word."""
    server = serve()
    any_api.retrieve(any_api.client(server.url), extra_headers={"Cookie": "a=b"})

    assert server.requests[0].values("cookie") == ["a=b"]
