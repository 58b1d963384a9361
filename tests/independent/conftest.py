"""The two independent servers, started once for all tests."""

import json
import os
import signal
import socket
import subprocess
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import pytest
from codegen.lower import lower
from facts import FRAGMENT

ROOT = Path(__file__).resolve().parents[2]
LISTEN = ("--host", "127.0.0.1", "--port", "{port}")
HERE = Path(__file__).parent
TIME_TO_START = 30  # seconds


class Running(NamedTuple):
    """A server that listens at `url` and prints to the file `log`."""

    url: str
    log: Path


@contextmanager
def running(log, name, *arguments):
    """Run one of the servers in node_modules while the block runs; `{port}` in an argument becomes its port.

    Raises:
        RuntimeError: It ended, or did not listen in time; the message has its output.
    """
    with socket.create_server(("127.0.0.1", 0)) as listener:  # neither server reports a port that it chooses itself
        port = listener.getsockname()[1]
    command = [str(HERE / "node_modules" / ".bin" / name), *(each.replace("{port}", str(port)) for each in arguments)]
    with log.open("wb") as output:
        # In a new session, because the command starts the server as its child, and both have to end.
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        deadline = time.monotonic() + TIME_TO_START
        while not _listens(port):
            if process.poll() is not None or time.monotonic() > deadline:
                printed = log.read_text(errors="replace")
                raise RuntimeError(f"{name} ended, or did not listen within {TIME_TO_START} s:\n{printed}")
            time.sleep(0.02)
        yield Running(f"http://127.0.0.1:{port}", log)
    finally:
        for ending in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError, subprocess.TimeoutExpired):
                os.killpg(process.pid, ending)
                process.wait(5)


def _listens(port):
    with suppress(OSError):
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
        return True
    return False


@pytest.fixture(scope="session")
def steady(tmp_path_factory):
    """Steady, which serves the fragment as it is and reports violations of a request in a header."""
    log = tmp_path_factory.mktemp("steady") / "log"
    options = ("--reject-on-sdk-error=false", "--log-format=json", str(ROOT / "openapi" / "models.yaml"))
    with running(log, "steady", *LISTEN, *options) as server:
        yield server


@pytest.fixture(scope="session")
def prism(tmp_path_factory):
    """Prism, which serves the lowered fragment: its process dies when an optional list header is absent."""
    folder = tmp_path_factory.mktemp("prism")
    lowered = lower(FRAGMENT)
    (folder / "lowered.json").write_text(json.dumps(lowered), encoding="utf-8")
    with running(folder / "log", "prism", "mock", *LISTEN, str(folder / "lowered.json")) as server:
        yield server


@pytest.fixture(scope="session")
def examples():
    """The example bodies of each declared status, by their names; a single example has the name ""."""
    found = {}
    for status, declared in FRAGMENT["paths"]["/v1/models/{model_id}"]["get"]["responses"].items():
        name = declared.get("$ref", "").rpartition("/")[2]
        content = (FRAGMENT["components"]["responses"][name] if name else declared)["content"]["application/json"]
        several = content.get("examples") or {"": {"value": content["example"]}}
        found[int(status)] = {name: example["value"] for name, example in several.items()}
    return found
