"""`scripts/demo.py`, which `make run` and `make live` start."""

import re
import runpy
import sys
from pathlib import Path

import pytest
from cases import each

DEMO = Path(__file__).parents[2] / "scripts" / "demo.py"


@pytest.fixture
def demo(monkeypatch, capfd):
    """Run it: the exit code, and what it printed."""

    def demo(*arguments, **environment):
        monkeypatch.setenv("ANTHROPIC_BASE_URL", "http://127.0.0.1:1")  # the program sets it, and it is reset
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", [str(DEMO), *arguments])
        with pytest.raises(SystemExit) as ended:
            runpy.run_path(str(DEMO), run_name="__main__")
        return ended.value.code, *capfd.readouterr()

    return demo


@each(
    ("arguments", "environment", "ended", "out", "err"),
    [
        # Whatever proxy the machine has, on a local server.
        (
            [],
            {"HTTP_PROXY": "http://127.0.0.1:1"},
            0,
            r"\$ anthropic-models retrieve.*timeline.*>>>(.*ModelInfo\(){2}",
            "",
        ),
        (["nope"], {}, 1, "(.*NotFoundError){2}", "anthropic-models: nope"),
        (["--live"], {"ANTHROPIC_AUTH_TOKEN": ""}, 2, "", "ANTHROPIC_API_KEY"),
    ],
)
def test_it_shows_the_command_and_both_clients(demo, arguments, environment, ended, out, err):
    """Both are asked for an unknown model too, which exits with 1; the API needs a credential, else it is 2."""
    code, *shown = demo(*arguments, ANTHROPIC_API_KEY="", **environment)

    assert (code, ">>>" in shown[0]) == (ended, ended != 2)
    assert re.search(out, shown[0], re.DOTALL)
    assert (err in shown[1]) if err else shown[1] == ""
