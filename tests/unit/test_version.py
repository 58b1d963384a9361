"""The version of a checkout: where it is read, and what moves it."""

from pathlib import Path
from typing import Any

from codegen.report import version

PROJECT = '[tool.hatch.version]\npath = "it/version.py"\n'


def write(root: Path, module: str | bytes, project: str = PROJECT) -> str:
    """The version that is read of a checkout with these files."""
    (root / "it").mkdir(exist_ok=True)
    (root / "pyproject.toml").write_text(project, encoding="utf-8")
    (root / "it" / "version.py").write_bytes(module if isinstance(module, bytes) else module.encode())
    return version.read(root)


def test_the_version_is_the_first_that_is_assigned(tmp_path: Path) -> None:
    """To a name with `version` in it, as a plain value, at the top of the module."""
    modules = {
        '__version__ = "1.2.3"': "1.2.3",
        'author = "me"\nversion = "2.0.0"\n__version__ = "3.0.0"': "2.0.0",
        'x: str = "0"\nthe_version_now = "4.5.6"': "4.5.6",
        'if True:\n    version = "1.0.0"': "",
        'version = read("x")': "",
        'author = "me"': "",
        "version = 7": "7",
    }

    assert {text: write(tmp_path, text) for text in modules} == modules


def test_a_version_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    """No project, no such entry, another kind of entry, no module, no Python, no text: it is never an error."""
    good = '__version__ = "1.2.3"'
    cases: list[tuple[Any, str]] = [
        (good, ""),
        (good, "[tool]\nhatch = 5\n"),
        (good, '[tool.hatch.version]\npath = "it/none.py"\n'),
        (good, "[tool.hatch.version]\npath = 5\n"),
        (good, "["),
        ("version = (", PROJECT),
        ("version = '1'\0", PROJECT),
        (b"# \xff", PROJECT),
    ]

    assert [write(tmp_path, *case) for case in cases] == [""] * len(cases)
    assert version.read(tmp_path / "none") == ""
    assert write(tmp_path, good) == "1.2.3"
