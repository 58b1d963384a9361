"""Redirects: which are followed, and what is said of the others."""

from __future__ import annotations

from typing import Any

import httpx
from telling import told

from anthropic_models.responses import redirect


def onward(location: str | None, status: int = 307, visited: set[str] | None = None, here: str = "https://h/a") -> Any:
    """Where an answer with this location leads, or what is said of it."""
    headers = {} if location is None else {"Location": location}
    response = httpx.Response(status, headers=headers, content=b"-", request=httpx.Request("GET", here))
    return told(redirect, response, visited if visited is not None else {"/a"}, 0)


def test_these_statuses_lead_on():
    """With a location; without one, and with any other status, an answer is no redirect."""
    found = {status: onward("/b", status) for status in (200, 300, 301, 302, 303, 304, 305, 307, 308, 404)}

    assert [status for status, target in found.items() if target == "/b"] == [301, 302, 303, 307, 308]
    assert {target for target in found.values() if target != "/b"} == {None}
    assert [onward(None), onward(None, 200)] == [None, None]


def test_a_location_is_read_from_where_it_stands():
    """Relative, with a query, escaped, or whole with the port that goes without saying."""
    targets = {
        "b": "/b",
        "?c=d": "/a?c=d",
        "/b%2Fc": "/b%2Fc",
        "https://h:443/b": "/b",
        "//h/b": "/b",
        "/b c": "/b%20c",
    }

    assert {location: onward(location) for location in targets} == targets


def test_another_origin_is_told():
    """Its scheme, host and port, at most two hundred characters, and no user name; nothing is followed."""
    words = "APIStatusError: Error code: 307 - redirects to another origin, which is not followed: "
    long = "x" * 63
    far = f"https://{long}.{long}.{long}.{long[:60]}"

    assert [onward(to) for to in ("http://h/b", "https://g/b", "https://h:444/b", "https://u:p@h/b", f"{far}/b")] == [
        f"{words}http://h",
        f"{words}https://g",
        f"{words}https://h:444",
        f"{words}https://h",
        f"{words}{far[:200]}",
    ]
    assert onward("https://XX@g/b") == f"{words}https://g"


def test_what_is_no_address_is_told():
    """With two hundred characters of it, and no second try."""
    words = "APIStatusError: Error code: 308 - redirects to what is no URL: "

    assert onward("https://h:x/", 308) == f"{words}'https://h:x/'"
    assert onward("https://h:" + "x" * 300, 308) == f"{words}{'https://h:' + 'x' * 190!r}"


def test_a_circle_is_told_and_so_is_the_eleventh_redirect():
    """Where a target was visited before; ten are followed."""
    words = "APIStatusError: Error code: 307 - redirects in a circle, or more than 10 times"
    visited = {"/0"}
    found = [onward(f"/{number}", visited=visited) for number in range(1, 13)]

    assert found == [*(f"/{number}" for number in range(1, 11)), words, words]
    assert visited == {f"/{number}" for number in range(11)}
    assert [onward("/a"), onward("#x")] == [words, words]
