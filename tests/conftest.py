"""What every folder of tests may use: a recording server, both kinds of client behind one adapter, no real waiting."""

import asyncio
import os
import random
import time

import anyio
import pytest
from clients import Api
from recording import RecordingServer

pytest_plugins = ["arbiter"]  # holds every exchange of the suite to the fragment


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch):
    """The machine's own keys, addresses and proxies stay out of every test."""
    for name in [*os.environ]:
        if name.upper().startswith("ANTHROPIC_") or name.upper().endswith("_PROXY"):
            monkeypatch.delenv(name)


@pytest.fixture
def server():
    """A server on a free port, which answers with a good model until a test plans something else."""
    with RecordingServer() as server:
        yield server


@pytest.fixture(params=["sync", "async"])
def api(request, server):
    """Each kind of client in its turn."""
    api = Api(server.url, is_async=request.param == "async")
    yield api
    api.close()


class Naps(list[float]):
    """The seconds that nobody slept."""

    start_anew = list.clear


@pytest.fixture
def naps(monkeypatch):
    """The seconds that would have been slept between attempts; nobody sleeps, and chance is always 0."""
    naps = Naps()
    yield_to_loop = asyncio.sleep

    async def nap(seconds, result=None):
        if seconds:
            naps.append(seconds)
        return await yield_to_loop(0, result)

    monkeypatch.setattr(time, "sleep", naps.append)
    monkeypatch.setattr(asyncio, "sleep", nap)
    monkeypatch.setattr(anyio, "sleep", nap)
    monkeypatch.setattr(random, "random", lambda: 0.0)
    return naps
