"""Starts a server that others wrote, on a free port, and ends it whatever happens."""

import os
import signal
import socket
import subprocess
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

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
        RuntimeError: It ended, or did not listen in time; the message has what it printed.
    """
    with socket.create_server(("127.0.0.1", 0)) as listener:  # neither server says which port it took by itself
        port = listener.getsockname()[1]
    command = [str(HERE / "node_modules" / ".bin" / name), *(each.replace("{port}", str(port)) for each in arguments)]
    with log.open("wb") as output:
        # A session of its own: the command starts the real server as its child, and both have to end.
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
