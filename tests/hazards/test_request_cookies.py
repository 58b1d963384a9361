"""No Cookie header is ever sent, and none is kept: not by ours, and not by an http_client of the caller's."""

from __future__ import annotations

from typing import Any

from hostile import answer
from outcomes import by_name, name_in

COOKIES = [("set-cookie", f"biscuit{number}={'x' * 300}; Path=/; Max-Age=999999") for number in range(50)]


def test_cookies_of_answers_are_neither_kept_nor_sent_back(any_api: Any, serve: Any) -> None:
    """Whatever the answer's status, the next request has no Cookie header and the http_client's jar is as it was."""
    replies = {str(status): answer(status=status, headers=COOKIES) for status in (200, 404)}
    moved = answer(status=302, headers=[*COOKIES, ("location", "/v1/models/200")])
    server = serve(by_name({**replies, "302": moved}))
    settings = {"http_client": any_api.http_kind(cookies={"old": "1"})} if any_api.is_given else {}
    outcomes = any_api.outcomes(any_api.client(server.url, **settings), ["200", "404", "302", "200"])
    kept = [dict(http.cookies) for http in settings.values()]

    assert {name: type(each).__name__ for name, each in outcomes.items()} == {
        "200": "ModelInfo", "404": "NotFoundError", "302": "ModelInfo"
    }  # fmt: skip
    assert [(name_in(each), each.values("cookie")) for each in server.requests] == [
        (name, []) for name in ("200", "404", "302", "200", "200")
    ]
    assert kept == [{"old": "1"}] * len(settings)


def test_a_cookie_of_the_http_client_that_a_server_sets_anew_stays_as_it_was(given_api: Any, serve: Any) -> None:
    """Its value is the caller's, before and after."""
    http = given_api.http_kind()
    http.cookies.set("old", "mine", domain="127.0.0.1", path="/")
    server = serve(answer(headers=[("set-cookie", "old=theirs; Path=/"), ("set-cookie", "more=theirs")]))
    given_api.retrieve(given_api.client(server.url, http_client=http))

    assert [(cookie.name, cookie.value) for cookie in http.cookies.jar] == [("old", "mine")]


def test_an_answer_that_a_hook_refuses_leaves_no_cookie(given_api: Any, serve: Any) -> None:
    """raise_for_status in a hook of the http_client comes after the cookie is in its jar."""

    def hook(response: Any) -> None:
        response.raise_for_status()

    async def async_hook(response: Any) -> None:
        response.raise_for_status()

    http = given_api.http_kind(event_hooks={"response": [async_hook if given_api.is_async else hook]})
    server = serve(answer({}, 404, [("set-cookie", "a=b; Path=/")]))
    given_api.error(given_api.client(server.url, http_client=http))

    assert dict(http.cookies) == {}


def test_a_cookie_that_the_caller_gives_by_hand_is_sent(any_api: Any, serve: Any) -> None:
    """extra_headers are the caller's word."""
    server = serve()
    any_api.retrieve(any_api.client(server.url), extra_headers={"Cookie": "a=b"})

    assert server.requests[0].values("cookie") == ["a=b"]
