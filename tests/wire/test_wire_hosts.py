"""Which hosts and ports there can be."""

from __future__ import annotations

import httpx

from anthropic_models.transport.hosts import has_sound_host

SOUND = [
    "a",
    "a.b",
    "A-b_c~1",
    "127.0.0.1",
    "[::1]",
    "[1:2:3:4:5:6:7:8]",
    "a:1",
    "a:65535",
    "xn--bcher-kva.test",
    "a" * 255,
]
UNSOUND = ["[1:2:3:4:5:6:7:8:9]", "[::g]", "a:0", "a:65536", "a b", "a%20b", "a,b", "a" * 256]


def test_a_host_and_port_that_there_can_be_pass_and_no_others() -> None:
    """Names of letters, digits and some signs, addresses of both kinds, ports from 1 to 65535."""
    found = {}
    for each in [*SOUND, *UNSOUND]:
        try:
            found[each] = has_sound_host(httpx.URL(f"http://{each}/"))
        except httpx.InvalidURL:
            found[each] = False

    assert found == {**dict.fromkeys(SOUND, True), **dict.fromkeys(UNSOUND, False)}
