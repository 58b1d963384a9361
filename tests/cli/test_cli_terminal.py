"""The command with terminals, pipes, signals, and without its extra."""

import contextlib
import os
import pty
import signal
import sys
import time
from pathlib import Path

from calling import OPUS_ID, SONNET_ID

MANY = [OPUS_ID] * 20


def test_output_depends_on_the_terminal(command):
    """A terminal gets colours, unless `NO_COLOR` is set, and a pipe does not; a narrow one gets a line per field."""
    ids = (OPUS_ID, SONNET_ID)
    terminal, end = pty.openpty()
    with os.fdopen(end, "w", encoding="utf-8") as out:
        assert command("timeline", *ids, stdout=out).code == 0
    shown = os.read(terminal, 4096).decode()
    os.close(terminal)
    plain = command("timeline", *ids, terminals="out", NO_COLOR="1").out

    assert ("\x1b[1;36m●" in shown, "\x1b" in command("timeline", OPUS_ID).out) == (True, False)
    assert ("36m" in plain, "●" in plain) == (False, True)
    tables = [command("retrieve", *ids, terminals="out err", COLUMNS=columns).out for columns in ("120", "40")]
    assert [each.count("display_name") for each in tables] == [1, 2]


def test_long_work_has_a_progress_bar(command):
    """It is on standard error if only that is a terminal; errors are separate lines above it."""
    shown = command("retrieve", "nope", *MANY, "-f", "id", terminals="err", NO_COLOR="1", COLUMNS="120")

    errors = [line for line in shown.err.replace("\x1b[2K", "\n").splitlines() if "nope" in line]
    assert (shown.code, shown.out.split()) == (1, MANY)
    assert "/21" in shown.err
    assert errors[0].startswith("anthropic-models: nope: 404 ")
    few = command("retrieve", OPUS_ID, SONNET_ID, terminals="out err")
    shown = command("retrieve", *MANY, "--format", "id", terminals="out err")
    assert [few.err, shown.err, command("retrieve", *MANY).err] == [""] * 3


def test_a_closed_pipe_ends_it_quietly(command, anthropic_server):
    """The exit code is that of SIGPIPE, 141, as with `| head -1`."""
    anthropic_server.add_model(id="large", display_name="x" * 200_000)  # more than a pipe holds
    with command.start("retrieve", *["large"] * 20, "-f", "jsonl") as process:
        process.stdout.read(1)
        process.stdout.close()

        assert (process.stderr.read(), process.wait()) == (b"", 141)


def test_ctrl_c_ends_the_eight_concurrent_requests_at_once(command, anthropic_server):
    """At most eight requests are sent at a time; Ctrl-C exits with 130, at once and without output."""
    anthropic_server.answer_next(delay=600, times=24)
    ids = [f"claude-{number}" for number in range(24)]
    with command.start("retrieve", *ids, "-f", "id") as process:
        while len(anthropic_server.requests) < 8:
            time.sleep(0.005)
        time.sleep(0.1)  # time for a ninth, which must not come
        process.send_signal(signal.SIGINT)

        assert (process.communicate(), process.returncode) == ((b"", b""), 130)
    assert len(anthropic_server.requests) == 8
    anthropic_server.planned.clear()


def test_a_full_disk_is_one_line(command):
    """The exit code is 1."""
    with contextlib.suppress(OSError), Path("/dev/full").open("w", encoding="utf-8") as full:
        code, _, err = command("retrieve", OPUS_ID, stdout=full)

    assert (code, err) == (1, "anthropic-models: standard input or output: No space left on device\n")


def test_a_character_that_cannot_be_encoded_is_escaped(command, anthropic_server):
    """The timeline is drawn in ASCII if the output cannot encode its characters."""
    anthropic_server.add_model(id="m", display_name="\u6a21\x1b")

    assert r"\u6a21\u001b" in command("retrieve", "m", encoding="latin-1").out
    assert "*" in command("timeline", "m", encoding="latin-1").out


class Interrupted:
    """A module finder that acts as if Ctrl-C was pressed during an import."""

    def find_spec(self, name, *_):
        if name == "typer":
            raise KeyboardInterrupt


def test_without_its_extra_it_prints_the_pip_command(command, monkeypatch):
    """The exit code is 2, and the error is one line; Ctrl-C during the imports exits with 130."""
    for name in [name for name in sys.modules if name == "typer" or name.startswith("anthropic_models.cli.")]:
        monkeypatch.delitem(sys.modules, name)
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "typer", None)
        code, out, err = command()
    monkeypatch.setattr(sys, "meta_path", [Interrupted(), *sys.meta_path])

    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "pip install 'anthropic-models[cli]'" in err
    assert command() == (130, "", "")
