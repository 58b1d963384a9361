"""The command beside a local server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from calling import OPUS, SONNET, Command

if TYPE_CHECKING:
    from anthropic_models.testing import Server


@pytest.fixture
def command(anthropic_server: Server, monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command beside a server that knows two models more than the fragment's examples, and an alias."""
    for name in ("FORCE_COLOR", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    anthropic_server.add_model(**OPUS)
    anthropic_server.add_model(**SONNET)
    anthropic_server.add_alias("claude-opus-4-5", OPUS["id"])
    return Command(anthropic_server.url)
