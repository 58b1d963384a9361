"""Fixtures for every folder: a recording server, both kinds of client, and delays without real waiting."""

import asyncio
import os
import random
import time

import anyio
import pytest
from clients import Api
from recording import RecordingServer

pytest_plugins = ["arbiter"]  # checks every exchange of the suite against the fragment


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch):
    """Hide the machine's credentials, addresses and proxies from every test."""
    for name in [*os.environ]:
        if name.upper().startswith("ANTHROPIC_") or name.upper().endswith("_PROXY"):
            monkeypatch.delenv(name)


@pytest.fixture
def server():
    """A server on a free port, which sends a valid model unless a test plans something else."""
    with RecordingServer() as server:
        yield server


@pytest.fixture(params=["sync", "async"])
def api(request, server):
    """Both kinds of client, one after the other."""
    api = Api(server.url, is_async=request.param == "async")
    yield api
    api.close()


class Naps(list[float]):
    """The requested delays in seconds."""

    start_anew = list.clear


@pytest.fixture
def naps(monkeypatch):
    """The delays between attempts in seconds, recorded instead of waited for; `random.random` returns 0."""
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
