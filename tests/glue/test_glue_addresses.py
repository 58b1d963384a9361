"""The address of the API: what is said of one that cannot be, and how one that can be is read."""

from __future__ import annotations

import pytest
from telling import told

from anthropic_models import settings

BAD_URLS = {
    7: "TypeError: `url` must be a string or an httpx.URL, not int",
    None: "TypeError: `url` must be a string or an httpx.URL, not NoneType",
    "https://u:p@h": "ValueError: `url` must not hold a user name or password; give `api_key` or `auth_token`",
    "https://h ": "ValueError: `url` has white space in it: 'https://h '",
    "https://h/a b": "ValueError: `url` has white space in it: 'https://h/a b'",
    "https://h/a\u2003b": "ValueError: `url` has white space in it: 'https://h/a\\u2003b'",
    "ftp://h": "ValueError: `url` must begin with https:// or http:// and name a host: 'ftp://h'",
    "https://": "ValueError: `url` must begin with https:// or http:// and name a host: 'https://'",
    "https://h?a": "ValueError: `url` must not have a query or a fragment: 'https://h?a'",
    "https://h#a": "ValueError: `url` must not have a query or a fragment: 'https://h#a'",
    "https://h#": "ValueError: `url` must not have a query or a fragment: 'https://h#'",
    "https://h:0": "ValueError: `url` has a host or port that there cannot be: 'https://h:0'",
}


def test_an_address_that_cannot_be_is_told():
    """By its name, with what is wrong, and not more than two hundred characters of a host."""
    assert {url: told(settings.base_url, "url", url) for url in BAD_URLS} == BAD_URLS
    assert told(settings.base_url, "url", "https://h:x").startswith("ValueError: `url` is not a URL: Invalid port")  # type: ignore[attr-defined]
    long = f"https://{'x' * 300}"
    assert told(settings.base_url, "url", long) == (
        f"ValueError: `url` has a host or port that there cannot be: {long[:200]!r}"
    )


def test_an_address_ends_in_one_slash_and_without_its_version():
    """However many slashes there were; only a `/v1` that is a whole segment at the end goes, and only one."""
    given = [
        "",
        "/",
        "//",
        "/v1",
        "/v1/",
        "/v1//",
        "//v1",
        "/v1/v1",
        "/V1",
        "/av1",
        "/v1/a",
        "/a\u00e9//v1//",
        "/v11",
        "/X",
        "/X/v1",
    ]
    paths = {path: settings.base_url("url", f"https://h{path}").raw_path for path in given}

    assert paths == {
        "": b"/",
        "/": b"/",
        "//": b"/",
        "/v1": b"/",
        "/v1/": b"/",
        "/v1//": b"/",
        "//v1": b"/",
        "/v1/v1": b"/v1/",
        "/V1": b"/V1/",
        "/av1": b"/av1/",
        "/v1/a": b"/v1/a/",
        "/a\u00e9//v1//": b"/a%C3%A9/",
        "/v11": b"/v11/",
        "/X": b"/X/",
        "/X/v1": b"/X/",
    }


def test_the_public_address_stands_in_for_none(monkeypatch: pytest.MonkeyPatch):
    """Of the environment; what is there is stripped."""
    monkeypatch.setenv("GIVEN", " http://h/v1 ")
    monkeypatch.setenv("BLANK", " ")

    assert [str(settings.base_url_from(name)) for name in ("GIVEN", "BLANK", "UNSET")] == [
        "http://h/",
        "https://api.anthropic.com/",
        "https://api.anthropic.com/",
    ]
