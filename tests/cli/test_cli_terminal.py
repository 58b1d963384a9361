"""The command beside other programs: terminals, pipes, signals, and without its extra."""

from __future__ import annotations

import contextlib
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from calling import OPUS, SONNET

if TYPE_CHECKING:
    from calling import Command

    from anthropic_models.testing import Server

OPUS_ID, SONNET_ID = OPUS["id"], SONNET["id"]
MANY = [OPUS_ID] * 20


def test_a_terminal_shows_colours(command: Command) -> None:
    """A real one, on which the command is a process of its own."""
    terminal, end = pty.openpty()
    with command.start("timeline", OPUS_ID, SONNET_ID, stdin=subprocess.DEVNULL, stdout=end, stderr=end) as process:
        os.close(end)
        shown = b""
        with contextlib.suppress(OSError):  # the last writer has gone
            while chunk := os.read(terminal, 4096):
                shown += chunk
    os.close(terminal)

    assert (process.returncode, "\x1b[1;36m●" in shown.decode()) == (0, True)


def test_a_terminal_is_looked_at(command: Command) -> None:
    """`NO_COLOR` leaves colours out, a pipe has none; a narrow terminal has a line for each field, a wide one rows."""
    ids = (OPUS_ID, SONNET_ID)
    plain = command("timeline", *ids, terminals="out", NO_COLOR="1").out

    assert ("36m" in plain, "●" in plain, "\x1b" in command("timeline", OPUS_ID).out) == (False, True, False)
    shown = [command("retrieve", *ids, terminals="out err", COLUMNS=columns).out for columns in ("120", "40")]
    assert [each.count("display_name") for each in shown] == [1, 2]


def test_long_work_has_a_progress_bar(command: Command) -> None:
    """On standard error if that is a terminal. Errors are lines of their own above it."""
    shown = command("retrieve", "nope", *MANY, "-f", "id", terminals="err", NO_COLOR="1", COLUMNS="120")

    errors = [line for line in shown.err.replace("\x1b[2K", "\n").splitlines() if "nope" in line]
    assert (shown.code, shown.out.split()) == (1, MANY)
    assert "/21" in shown.err
    assert errors[0].startswith("anthropic-models: nope: 404 ")


def test_other_work_has_none(command: Command) -> None:
    """Neither if the results themselves appear on the terminal one by one, nor for a few models, nor in a pipe."""
    assert command("retrieve", *MANY, "--format", "id", terminals="out err").err == ""
    assert command("retrieve", OPUS_ID, SONNET_ID, terminals="out err").err == ""
    assert command("retrieve", *MANY).err == ""


def test_a_closed_pipe_ends_it_quietly(command: Command, anthropic_server: Server) -> None:
    """With the exit code of a program that SIGPIPE ended, as for `| head -1`."""
    anthropic_server.add_model(id="large", display_name="x" * 200_000)  # more than a pipe holds
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with command.start("retrieve", *["large"] * 20, "-f", "jsonl", **streams) as process:
        process.stdout.read(1)
        process.stdout.close()

        assert (process.stderr.read(), process.wait()) == (b"", 141)


def test_ctrl_c_ends_the_eight_that_are_asked_for_at_once(command: Command, anthropic_server: Server) -> None:
    """Never more than eight are asked for, however many there are; Ctrl-C exits with 130, at once and quietly."""
    anthropic_server.answer_next(delay=600, times=24)
    ids = [f"claude-{number}" for number in range(24)]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with command.start("retrieve", *ids, "-f", "id", **streams) as process:
        while len(anthropic_server.requests) < 8:
            time.sleep(0.005)
        time.sleep(0.1)  # time for a ninth, of which there is none
        process.send_signal(signal.SIGINT)

        assert (process.communicate(), process.returncode) == ((b"", b""), 130)
    assert len(anthropic_server.requests) == 8
    anthropic_server.planned.clear()


def test_a_full_disk_is_one_line(command: Command) -> None:
    """And the exit code 1."""
    with contextlib.suppress(OSError), Path("/dev/full").open("w", encoding="utf-8") as full:
        code, _, err = command("retrieve", OPUS_ID, stdout=full)

    assert (code, err) == (1, "anthropic-models: standard input or output: No space left on device\n")


def test_output_that_cannot_show_a_character_shows_an_escape(command: Command, anthropic_server: Server) -> None:
    """And the drawing does with ASCII."""
    anthropic_server.add_model(id="m", display_name="\u6a21\x1b")

    assert r"\u6a21\u001b" in command("retrieve", "m", encoding="latin-1").out
    assert "*" in command("timeline", "m", encoding="latin-1").out


@pytest.fixture
def without_typer(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """As if nothing of the command had been imported, and typer could not be."""
    for name in [name for name in sys.modules if name == "typer" or name.startswith("anthropic_models.cli.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "typer", None)
    return monkeypatch


def test_without_its_extra_it_says_how_to_get_it(command: Command, without_typer: pytest.MonkeyPatch) -> None:
    """Exit code 2, and one line. Importing the module alone needs nothing."""
    code, out, err = command()

    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "pip install 'anthropic-models[cli]'" in err


def test_ctrl_c_while_it_loads_exits_with_130(command: Command, without_typer: pytest.MonkeyPatch) -> None:
    """As later on."""

    class Interrupted:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "typer":
                raise KeyboardInterrupt

    without_typer.delitem(sys.modules, "typer")
    without_typer.setattr(sys, "meta_path", [Interrupted(), *sys.meta_path])

    assert command() == (130, "", "")
