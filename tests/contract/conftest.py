"""Both kinds of client against the server of `anthropic_models.testing`, and the fragment as plain data."""

from pathlib import Path

import pytest
import yaml


@pytest.fixture
def server(anthropic_server):
    """What `api` talks to in this folder: a real socket, whose requests are held to the fragment."""
    anthropic_server.add_model(id="m")  # what `api` asks for by itself
    return anthropic_server


@pytest.fixture(scope="session")
def fragment():
    """The fragment as people wrote it."""
    return yaml.safe_load((Path(__file__).parents[2] / "openapi" / "models.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def client(api):
    """One client of each kind, which does not try again."""
    return api.client(max_retries=0)
