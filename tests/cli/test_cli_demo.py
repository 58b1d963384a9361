"""`scripts/demo.py`, which `make run` and `make live` start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

DEMO = Path(__file__).parents[2] / "scripts" / "demo.py"


def demo(*arguments: str, **environment: str) -> tuple[int, str, str]:
    """Run it."""
    done = subprocess.run(
        [sys.executable, str(DEMO), *arguments], capture_output=True, text=True, env=os.environ | environment
    )
    return done.returncode, done.stdout, done.stderr


def test_it_shows_the_command_and_both_clients() -> None:
    """On a local server, whatever proxy and credential the machine has."""
    code, out, err = demo(HTTP_PROXY="http://127.0.0.1:1", ANTHROPIC_API_KEY="")

    assert (code, err) == (0, "")
    assert "$ anthropic-models retrieve" in out
    assert "$ anthropic-models timeline" in out
    assert out.count("ModelInfo(") == 2


def test_an_unknown_model_fails() -> None:
    """Both clients are asked all the same; the exit code is 1."""
    code, out, err = demo("nope")

    assert (code, out.count("NotFoundError"), err.count("anthropic-models: nope")) == (1, 2, 1)


def test_the_api_needs_a_credential() -> None:
    """Without one the exit code is 2, and no client is asked."""
    code, out, err = demo("--live", ANTHROPIC_API_KEY="", ANTHROPIC_AUTH_TOKEN="")

    assert (code, ">>>" in out) == (2, False)
    assert "ANTHROPIC_API_KEY" in err
