"""What the tests of single modules of the scripts share."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))


@pytest.fixture
def load(tmp_path: Path) -> Callable[[str], Any]:
    """A YAML text as a document that messages call `it.yaml`."""
    from codegen import document

    def loaded(text: str) -> document.Document:
        path = tmp_path / "elsewhere.yaml"
        path.write_bytes(text.encode(errors="surrogateescape"))
        return document.load(path, "it.yaml")

    return loaded


@pytest.fixture
def refused() -> Callable[..., list[str]]:
    """The lines of the complaint that a call ends with."""
    from codegen.problems import CannotRunError

    def lines(call: Callable[..., Any], *arguments: Any) -> list[str]:
        with pytest.raises(CannotRunError) as caught:
            call(*arguments)
        return list(caught.value.lines)

    return lines


class Programs:
    """Stands in the place of `subprocess.run`.

    Attributes:
        ran: The command of each run, with its settings.
        answer: What a run gives: exit code, stdout, stderr; or the error that starting it raises.
    """

    def __init__(self) -> None:
        self.ran: list[tuple[list[str], dict[str, Any]]] = []
        self.answer: tuple[int, str, str] | OSError = (0, "", "")

    def __call__(self, command: list[str], **settings: Any) -> "subprocess.CompletedProcess[str]":
        """As `subprocess.run`."""
        self.ran.append((command, settings))
        if isinstance(self.answer, OSError):
            raise self.answer
        return subprocess.CompletedProcess(command, *self.answer)


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch) -> Programs:
    """No program is started; see there."""
    programs = Programs()
    monkeypatch.setattr(subprocess, "run", programs)
    return programs
