"""The command, connected to a local server."""

import pytest
from calling import OPUS, SONNET, Command


@pytest.fixture
def command(anthropic_server, monkeypatch):
    """The command, connected to a server that has the fragment's examples, two more models and an alias."""
    for name in ("FORCE_COLOR", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    anthropic_server.add_model(**OPUS)
    anthropic_server.add_model(**SONNET)
    anthropic_server.add_alias("claude-opus-4-5", OPUS["id"])
    return Command(anthropic_server.url)
