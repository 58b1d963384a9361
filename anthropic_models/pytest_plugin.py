"""The pytest plugin: a fixture that starts the local server.

pytest loads this module in every test run, so what only the fixture needs is imported inside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anthropic_models.testing import Server


@pytest.fixture
def anthropic_server() -> Iterator[Server]:
    """A local server of the Anthropic API, new for each test: see `anthropic_models.testing`."""
    from anthropic_models.testing import serve

    with serve() as server:
        yield server
    if server.planned:
        pytest.fail(
            f"no request received {len(server.planned)} of the planned answers: {server.planned}. "
            "If this is intended, end the test with `anthropic_server.planned.clear()`.",
            pytrace=False,
        )
