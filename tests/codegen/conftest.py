"""Documents and programs as small as can be, for the single steps of regeneration."""

import locale
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))


@pytest.fixture
def load(tmp_path: Path) -> Callable[[str], Any]:
    """A YAML text as a document that messages call `it.yaml`."""
    from codegen import document

    def loaded(text: str | bytes) -> document.Document:
        path = tmp_path / "elsewhere.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
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
    """Stands in the place of `subprocess.run`: remembers what was to be run, and answers as it is told.

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
        code, out, err = self.answer
        if settings.get("check") and code:
            raise subprocess.CalledProcessError(code, command, out, err)
        return subprocess.CompletedProcess(command, code, out, err)


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch) -> Programs:
    """No program is started; see there."""
    programs = Programs()
    monkeypatch.setattr(subprocess, "run", programs)
    return programs


@pytest.fixture
def bare_locale() -> Iterator[None]:
    """A machine without settings: there a text file is ASCII where nothing else is said."""
    before = locale.setlocale(locale.LC_CTYPE)
    locale.setlocale(locale.LC_CTYPE, "C")
    yield
    locale.setlocale(locale.LC_CTYPE, before)


@pytest.fixture
def api() -> Callable[..., Any]:
    """A document with these paths; keywords go into the root of it."""

    def document(paths: Any = None, **more: Any) -> Any:
        return {"openapi": "3.1.0", "info": {"title": "Small", "version": "1"}, "paths": paths or {}, **more}

    return document


@pytest.fixture
def told() -> Callable[[Any, Any], dict[str, str]]:
    """What a rule of the lint says first of each place, by the place as a reference would name it."""
    from codegen import references
    from codegen.metaschema import Description

    def complaints(rule: Any, data: Any) -> dict[str, str]:
        found: dict[str, str] = {}
        for pointer, message in rule(Description(data)):
            found.setdefault(references.write(pointer), message)
        return found

    return complaints


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, list[str], list[str]]]:
    """Run the command line on `tmp_path`: gives exit code, lines of stdout, lines of stderr."""
    from codegen import command

    def go(*arguments: str) -> tuple[int, list[str], list[str]]:
        code = command.main(list(arguments), tmp_path)
        said = capsys.readouterr()
        return code, said.out.splitlines(), said.err.splitlines()

    return go
