"""What the property tests throw at the clients: statuses, headers, bodies, and bytes that are none of these."""

from __future__ import annotations

import json

from hostile import MODEL, answer
from hypothesis import strategies as st

KNOWN = [
    "content-length", "transfer-encoding", "content-encoding", "content-type", "location", "retry-after",
    "retry-after-ms", "request-id", "x-should-retry", "set-cookie", "connection", "date", "trailer", "upgrade",
    "keep-alive", "www-authenticate", "proxy-authenticate",
]  # fmt: skip
VALUES = [
    "0", "1", "-1", "5", "99999999999", "chunked", "gzip", "deflate", "identity", "br", "close", "keep-alive", "nan",
    "inf", "/", "..", "//h", "http://h/", "true",
]  # fmt: skip
names = st.sampled_from(KNOWN) | st.text(max_size=20)
LARGE = "§"
"""Stands for a value of 70 kB, which would not be nice to read where a case fails."""
values = st.sampled_from(VALUES) | st.floats().map(str) | st.text(max_size=60) | st.just(LARGE)
headers = st.lists(st.tuples(names, values), max_size=6)
texts = st.text(max_size=30) | st.sampled_from(
    ["model", "2025-02-19T00:00:00Z", "2016-12-31T23:59:60Z", "0001-01-01T00:00:00+23:59"]
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
fields = st.dictionaries(st.sampled_from([*MODEL, "error", "request_id"]) | texts, json_values, max_size=4)
bodies = (
    st.binary(max_size=200)
    | json_values.map(lambda value: json.dumps(value).encode())
    | fields.map(lambda changes: json.dumps({**MODEL, **changes}).encode())
    | st.text(max_size=200).map(
        lambda text: json.dumps(MODEL, ensure_ascii=False).replace("Claude", text).encode("utf-8", "surrogatepass")
    )
)
statuses = st.sampled_from([200, 200, 200, 204, 302, 307, 404, 429, 500, 529]) | st.integers(100, 999)
good = answer()


def whole(status: int, lines: list[tuple[str, str]], body: bytes, length: bool) -> bytes:
    """An answer on the wire."""
    head = "".join(f"{name}: {value * 70_000 if value == LARGE else value}\r\n" for name, value in lines)
    sized = f"content-length: {len(body)}\r\n" if length else ""
    return f"HTTP/1.1 {status} X\r\n{head}{sized}\r\n".encode("utf-8", "surrogatepass") + body


def spoilt(start: int, end: int, junk: bytes) -> bytes:
    """A good answer with a part of it replaced."""
    return good[:start] + junk + good[end:]


places = st.integers(0, len(good))
streams = (
    st.builds(spoilt, places, places, st.binary(max_size=30))
    | st.binary(max_size=100)
    | st.builds(lambda n: good[:n], places)
)
