"""`scripts/demo.py`, which `make run` and `make live` start."""

import re
import runpy
import sys
from pathlib import Path

import pytest
from cases import each

DEMO = str(Path(__file__).parents[2] / "scripts" / "demo.py")
SHOWN = r"\$ anthropic-models retrieve.*timeline.*>>>(.*ModelInfo\(){2}"
# The program must override these settings of the machine.
MACHINE = dict.fromkeys(("ANTHROPIC_BASE_URL", "HTTP_PROXY"), "http://127.0.0.1:1")


@each(
    ("arguments", "environment", "ended", "out", "err"),
    [
        ([], {}, 0, SHOWN, ""),
        (["nope"], {}, 1, "(.*NotFoundError){2}", "anthropic-models: nope"),
        (["--live"], {"ANTHROPIC_AUTH_TOKEN": ""}, 2, "", "ANTHROPIC_API_KEY"),
    ],
)
def test_it_shows_the_command_and_both_clients(monkeypatch, capfd, arguments, environment, ended, out, err):
    """The exit code is 0 for known models, 1 for an unknown one, and 2 if the API is used without a credential."""
    for name, value in {**MACHINE, "ANTHROPIC_API_KEY": "", **environment}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "argv", [DEMO, *arguments])
    with pytest.raises(SystemExit) as exited:
        runpy.run_path(DEMO, run_name="__main__")
    shown = capfd.readouterr()

    assert (exited.value.code, ">>>" in shown.out) == (ended, ended != 2)
    assert re.search(out, shown.out, re.DOTALL)
    assert (err in shown.err) if err else shown.err == ""
