"""`scripts/demo.py`, which `make run` and `make live` start."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

import pytest

DEMO = Path(__file__).parents[2] / "scripts" / "demo.py"


@pytest.fixture
def demo(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]):
    """Run it: the exit code, and what it printed."""

    def demo(*arguments: str, **environment: str) -> tuple[int, str, str]:
        monkeypatch.setenv("ANTHROPIC_BASE_URL", "http://127.0.0.1:1")  # the program sets it, and it is reset
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", [str(DEMO), *arguments])
        with pytest.raises(SystemExit) as ended:
            runpy.run_path(str(DEMO), run_name="__main__")
        return ended.value.code, *capfd.readouterr()

    return demo


def test_it_shows_the_command_and_both_clients(demo) -> None:
    """On a local server, whatever proxy and credential the machine has."""
    code, out, err = demo(HTTP_PROXY="http://127.0.0.1:1", ANTHROPIC_API_KEY="")

    assert (code, err, out.count("ModelInfo(")) == (0, "", 2)
    assert out.index("$ anthropic-models retrieve") < out.index("$ anthropic-models timeline") < out.index(">>>")


def test_an_unknown_model_fails(demo) -> None:
    """Both clients are asked all the same; the exit code is 1."""
    code, out, err = demo("nope", ANTHROPIC_API_KEY="")

    assert (code, out.count("NotFoundError"), err.count("anthropic-models: nope")) == (1, 2, 1)


def test_the_api_needs_a_credential(demo) -> None:
    """Without one the exit code is 2, and no client is asked."""
    code, out, err = demo("--live", ANTHROPIC_API_KEY="", ANTHROPIC_AUTH_TOKEN="")

    assert (code, ">>>" in out) == (2, False)
    assert "ANTHROPIC_API_KEY" in err
