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


def test_both_files_are_read_as_utf8(tmp_path: Path, bare_locale: None) -> None:
    """Whatever the machine takes text for."""
    assert write(tmp_path, '# é\n__version__ = "1.2.3"', f"# é\n{PROJECT}") == "1.2.3"


def test_the_part_that_moves_sets_those_behind_it_to_nothing() -> None:
    """Before 1.0.0 one part farther back; numbers are counted as numbers."""
    kinds: dict[str, list[str]] = {"breaking": ["additive", "breaking"], "additive": ["additive"], "none": []}
    moves = {
        (current, name): (found.part, found.current, found.following)
        for current in ("9.9.9", "0.9.9")
        for name, given in kinds.items()
        for found in [version.move(given, current)]
    }

    assert moves == {
        ("9.9.9", "breaking"): ("major", "9.9.9", "10.0.0"),
        ("9.9.9", "additive"): ("minor", "9.9.9", "9.10.0"),
        ("9.9.9", "none"): ("patch", "9.9.9", "9.9.10"),
        ("0.9.9", "breaking"): ("minor", "0.9.9", "0.10.0"),
        ("0.9.9", "additive"): ("patch", "0.9.9", "0.9.10"),
        ("0.9.9", "none"): ("patch", "0.9.9", "0.9.10"),
    }


def test_what_is_not_three_numbers_has_no_next() -> None:
    """The part that moves is told all the same."""
    versions = ["", "1", "1.2", "1.2.3.4", "1.2.3rc1", "1.2.x"]

    assert {version.move(["breaking"], current) for current in versions} == {version.Move("major", "", "")}
    assert version.move([], "1.2") == version.Move("patch", "", "")
