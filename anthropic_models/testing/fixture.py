"""The pytest fixture of the local server."""

from collections.abc import Iterator

import pytest

from anthropic_models.testing.server import Server, serve


@pytest.fixture
def anthropic_server() -> Iterator[Server]:
    """A local server of the API, new for each test: see `anthropic_models.testing`."""
    with serve() as server:
        yield server
