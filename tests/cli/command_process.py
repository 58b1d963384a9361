"""The command as a process, through pipes and on a terminal."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import subprocess
import sys
import tempfile
from typing import Any, NamedTuple

OPUS = {"id": "claude-opus-4-5-20251101", "created_at": "2025-11-24T00:00:00Z", "display_name": "Claude Opus 4.5"}
SONNET = {"id": "claude-sonnet-4-5-20250929", "created_at": "2025-09-29T00:00:00Z", "display_name": "Claude Sonnet 4.5"}
COMMAND = (sys.executable, "-m", "anthropic_models.cli")


class Result(NamedTuple):
    """What a process left behind."""

    code: int
    out: str
    err: str


class Command:
    """The command, with the server's address and a credential in its environment."""

    def __init__(self, url: str) -> None:
        bare = {name: value for name, value in os.environ.items() if name not in ("FORCE_COLOR", "NO_COLOR", "COLUMNS")}
        self.environment = bare | {"ANTHROPIC_BASE_URL": url, "ANTHROPIC_API_KEY": "sk-test", "TERM": "xterm-256color"}

    def __call__(
        self, *arguments: str, stdin: str | bytes = "", program: tuple[str, ...] = COMMAND, **env: str
    ) -> Result:
        """Run it through pipes."""
        given = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run([*program, *arguments], input=given, capture_output=True, env=self.environment | env)
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    def start(self, *arguments: str, **streams: Any) -> subprocess.Popen[bytes]:
        """Start it, and leave it running."""
        return subprocess.Popen([*COMMAND, *arguments], env=self.environment, **streams)

    def on_terminal(self, *arguments: str, columns: int = 120, only_errors: bool = False, **env: str) -> Result:
        """Run it on a terminal, whose whole text is `err` if only standard error goes there, and `out` if both do."""
        terminal, end = pty.openpty()
        with tempfile.TemporaryFile() as file:
            process = subprocess.Popen(
                [*COMMAND, *arguments],
                env=self.environment | {"COLUMNS": str(columns)} | env,
                stdin=subprocess.DEVNULL,
                stdout=file if only_errors else end,
                stderr=end,
            )
            os.close(end)
            shown = b""
            with contextlib.suppress(OSError):  # the last writer has gone
                while chunk := os.read(terminal, 4096):
                    shown += chunk
            os.close(terminal)
            code = process.wait()
            file.seek(0)
            return Result(code, *((file.read().decode(), shown.decode()) if only_errors else (shown.decode(), "")))


def model(name: str, **fields: str) -> bytes:
    """A good answer."""
    return json.dumps({**OPUS, "type": "model", "id": name, **fields}).encode()
