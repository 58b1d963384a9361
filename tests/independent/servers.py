"""Starts a server that others wrote, on a free port, and ends it whatever happens."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
TIME_TO_START = 30  # seconds
TIME_TO_END = 5  # seconds


@dataclass(frozen=True)
class Running:
    """A server that listens.

    Attributes:
        url: Where it listens.
        log: What it prints, a file.
    """

    url: str
    log: Path


@contextmanager
def running(log: Path, name: str, *arguments: str) -> Iterator[Running]:
    """Run one of the servers in node_modules while the block runs.

    Args:
        log: The file that it prints to.
        name: Its command.
        *arguments: `{port}` in them becomes its port.

    Raises:
        RuntimeError: It ended, or did not listen in time; the message has what it printed.
    """
    port = _free_port()
    command = [str(HERE / "node_modules" / ".bin" / name), *(each.replace("{port}", str(port)) for each in arguments)]
    with log.open("wb") as output:
        # A session of its own: the command starts the real server as its child, and both have to end.
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        _wait(name, process, port, log)
        yield Running(f"http://127.0.0.1:{port}", log)
    finally:
        _end(process)


def _free_port() -> int:
    """A port that was free a moment ago: neither server tells which one it took by itself."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


def _wait(name: str, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + TIME_TO_START
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    problem = "ended at once" if process.poll() is not None else f"did not listen within {TIME_TO_START} s"
    raise RuntimeError(f"{name} {problem}:\n{log.read_text(errors='replace')}")


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(TIME_TO_END)
        os.killpg(process.pid, signal.SIGKILL)  # whoever of them is left
    process.wait()
