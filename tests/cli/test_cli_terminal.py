"""The command beside other programs: terminals, pipes, signals, the shell, and without its extra."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from command_process import OPUS, SONNET, model

import anthropic_models

if TYPE_CHECKING:
    from collections.abc import Callable

    from command_process import Command

OPUS_ID, SONNET_ID = OPUS["id"], SONNET["id"]
MANY = [OPUS_ID] * 20


def test_a_terminal_shows_colours_unless_they_are_unwanted(command: Command) -> None:
    """`NO_COLOR` leaves colours out; a pipe never has any, nor anything else that a terminal obeys."""
    coloured = command.on_terminal("timeline", OPUS_ID, SONNET_ID).out
    plain = command.on_terminal("timeline", OPUS_ID, SONNET_ID, NO_COLOR="1").out

    assert "\x1b[1;36m●" in coloured
    assert "36m" not in plain
    assert "●" in plain
    assert "\x1b" not in command("timeline", OPUS_ID).out


def test_a_narrow_terminal_has_a_line_for_each_field(command: Command) -> None:
    """A wide one has a row for each model; so has a pipe, which wraps nothing."""
    assert command.on_terminal("retrieve", OPUS_ID, SONNET_ID).out.count("display_name") == 1
    assert command.on_terminal("retrieve", OPUS_ID, SONNET_ID, columns=40).out.count("display_name") == 2
    assert max(map(len, command("retrieve", OPUS_ID, COLUMNS="40").out.splitlines())) > 40


def test_long_work_has_a_progress_bar(command: Command) -> None:
    """On standard error if that is a terminal. Errors are lines of their own above it."""
    shown = command.on_terminal("retrieve", "nope", *MANY, "-f", "id", only_errors=True, NO_COLOR="1")

    errors = [line for line in shown.err.replace("\x1b[2K", "\n").splitlines() if "nope" in line]
    assert (shown.code, shown.out.split()) == (1, MANY)
    assert "/21" in shown.err
    assert errors[0].startswith("anthropic-models: nope: 404 ")


@pytest.mark.parametrize("arguments", [[*MANY, "--format", "id"], [OPUS_ID, SONNET_ID]])
def test_other_work_has_none(command: Command, arguments: list[str]) -> None:
    """Neither where the results themselves appear on the terminal one by one, nor for a few models."""
    assert "%" not in command.on_terminal("retrieve", *arguments).out


def test_a_closed_pipe_ends_it_quietly(beside: Callable[..., Command]) -> None:
    """With the exit code of a program that SIGPIPE ended, as for `| head -1`."""
    command = beside(lambda name: (200, model(name, display_name="x" * 200_000)))  # more than a pipe holds
    process = command.start("retrieve", *MANY, "-f", "jsonl", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.read(1)
    process.stdout.close()

    assert process.stderr is not None
    assert (process.stderr.read(), process.wait()) == (b"", 141)
    process.stderr.close()


def test_a_full_disk_is_one_line(command: Command) -> None:
    """And the exit code 1."""
    with Path("/dev/full").open("wb") as full:
        process = command.start("retrieve", OPUS_ID, stdout=full, stderr=subprocess.PIPE)
        err = process.communicate()[1].decode()

    assert (process.returncode, err) == (1, "anthropic-models: standard input or output: No space left on device\n")


def test_ctrl_c_exits_with_130(command: Command) -> None:
    """At once and quietly, while an answer is awaited."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        command.environment["ANTHROPIC_BASE_URL"] = f"http://127.0.0.1:{silent.getsockname()[1]}"
        process = command.start("retrieve", OPUS_ID, stdout=subprocess.PIPE, stderr=subprocess.PIPE, process_group=0)
        connection, _ = silent.accept()
        with connection:
            connection.recv(1)  # the request is under way
            process.send_signal(signal.SIGINT)
            out, err = process.communicate()

    assert (process.returncode, out, err) == (130, b"", b"")


def test_bytes_that_are_no_text_are_refused_alone(command: Command) -> None:
    """The other lines of standard input are looked up."""
    code, out, err = command("retrieve", "-", "--format", "id", stdin=b"\xff\n" + OPUS_ID.encode())

    assert (code, out, err.count("\n")) == (1, f"{OPUS_ID}\n", 1)
    assert err.startswith("anthropic-models: \\udcff: ")


def test_closed_standard_input_is_empty(command: Command) -> None:
    """A service that was started without any can use the command."""
    closed = ("sh", "-c", 'exec "$@" <&-', "sh", sys.executable, "-m", "anthropic_models.cli")

    assert command("retrieve", "-", OPUS_ID, "--format", "id", program=closed) == (0, f"{OPUS_ID}\n", "")


def test_output_that_cannot_show_a_character_shows_an_escape(beside: Callable[..., Command]) -> None:
    """And the drawing does with ASCII."""
    command = beside(lambda name: (200, model(name, display_name="\u6a21\x1b")))

    assert r"\u6a21\u001b" in command("retrieve", "m", PYTHONIOENCODING="latin-1").out
    assert "*" in command("timeline", "m", PYTHONIOENCODING="latin-1").out


def test_help_has_examples(command: Command) -> None:
    """The first page lists the subcommands and the exit codes. Neither needs a credential."""
    first = command("--help", ANTHROPIC_API_KEY="").out

    assert all(part in first for part in ("retrieve", "resolve", "timeline", "Exit codes"))
    assert "anthropic-models retrieve " in command("retrieve", "-h").out.partition("Examples")[2]


def test_the_version_is_that_of_the_package(command: Command) -> None:
    """Under the name of the command."""
    assert command("--version") == (0, f"anthropic-models {anthropic_models.__version__}\n", "")


def test_the_shell_completes_betas(command: Command) -> None:
    """With the values that the API's description knows."""
    asked = {"_ANTHROPIC_MODELS_COMPLETE": "complete_bash", "COMP_WORDS": "anthropic-models resolve m --beta co"}
    code, out, _ = command(COMP_CWORD="4", **asked)

    assert (code, {line[:2] for line in out.split()}) == (0, {"co"})


def test_without_its_extra_it_says_how_to_get_it(command: Command) -> None:
    """Exit code 2, and one line. Importing the module alone needs nothing."""
    without = "import sys; sys.modules['typer'] = None; import anthropic_models.cli as cli; cli.main()"
    code, out, err = command(program=(sys.executable, "-c", without))

    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "pip install 'anthropic-models[cli]'" in err


INTERRUPTED = """
import signal, sys
class Finder:
    def find_spec(self, name, *_):
        if name == "typer":
            signal.raise_signal(signal.SIGINT)
sys.meta_path.insert(0, Finder())
import anthropic_models.cli as cli
cli.main()
"""


def test_ctrl_c_while_it_loads_exits_with_130(command: Command) -> None:
    """As later on."""
    assert command(program=(sys.executable, "-c", INTERRUPTED)) == (130, "", "")
