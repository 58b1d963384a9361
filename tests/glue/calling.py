"""A call with settings of the test's own, ready to be sent."""

from __future__ import annotations

from typing import Any

import httpx

from anthropic_models import Timeout
from anthropic_models._generated import RETRIEVE, Operation
from anthropic_models.calls import Call
from anthropic_models.secrets import Secret


def made(operation: Operation[Any] = RETRIEVE, path: tuple[str, ...] = ("m",), **changes: Any) -> Call[Any]:
    """A call with these settings."""
    settings: dict[str, Any] = {
        "base_url": httpx.URL("https://h:444/base/"),
        "header_layers": ({"Own": "1"}, {}, {}),
        "credentials": {"X-Api-Key": Secret("planted")},
        "query": "",
        "timeout": Timeout(9),
        "max_retries": 2,
        **changes,
    }
    return Call(operation, path, settings.pop("parameters", {}), **settings)
