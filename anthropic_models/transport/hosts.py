"""Hosts and ports that there can be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx

_HOST = re.compile(r"[0-9A-Za-z._~-]{1,255}")


def has_sound_host(url: httpx.URL) -> bool:
    """Whether there can be such a host and port; httpx takes `[bad` for a host and 99999 for a port."""
    host = url.raw_host.decode("ascii", "replace")
    known = ":" in host or _HOST.fullmatch(host) is not None  # httpx has looked at an address of version six
    return known and (url.port is None or 0 < url.port < 65536)
