"""The report as a whole: the version to release, the JSON form, and packages that cannot be compared."""

import json
from pathlib import Path

import pytest
from cases import each
from codegen.problems import CannotRunError
from codegen.report import summary

PROJECT = '[tool.hatch.version]\npath = "it/_version.py"\n'
ONE = '"""One."""\n\n__version__ = "0.4.1"\n'


def checkout(root: Path, module: str = ONE, project: str = PROJECT) -> Path:
    """A checkout with only the files that define its version."""
    (root / "it").mkdir(exist_ok=True)
    (root / "pyproject.toml").write_text(project, encoding="utf-8")
    (root / "it" / "_version.py").write_text(module, encoding="latin-1")
    return root


@each(
    ("current", "thing", "moves"),
    [
        ("1.2.3", "title: str", "the major part of the version moves, 1.2.3 to 2.0.0"),
        ("1.2.3", "name: str\n    size: int = 0", "the minor part of the version moves, 1.2.3 to 1.3.0"),
        ("1.2.3", "name: str", "the patch part of the version moves, 1.2.3 to 1.2.4"),
        ("0.4.1", "title: str", "the minor part of the version moves, 0.4.1 to 0.5.0"),
        ("0.4.1", "name: str\n    size: int = 0", "the minor part of the version moves, 0.4.1 to 0.5.0"),
        ("0.4.1", "name: str", "the patch part of the version moves, 0.4.1 to 0.4.2"),
        ("1.0.0rc1", "title: str", "the major part of the version moves"),
    ],
)
def test_which_part_of_the_version_moves(current, thing, moves, small, tmp_path):
    """The part follows semver.org; before 1.0.0, a breaking change moves the minor part too."""
    root = checkout(tmp_path, ONE.replace("0.4.1", current))
    last = [*summary.make(small(), small(thing=f"class Thing:\n    {thing}"), "generated", root).lines()][-1]

    assert last.split("; ")[1].removeprefix("with a release ") == moves


@each(
    ("module", "project"),
    [
        (ONE, ""),
        (ONE, "[tool]\nhatch = 5\n"),
        (ONE, PROJECT.replace("_version", "none")),
        (ONE, "[tool.hatch.version]\npath = 5\n"),
        (ONE, "["),
        ("__version__ = read()", PROJECT),
        ("# \xff" + ONE, PROJECT),
    ],
)
def test_a_version_that_cannot_be_read_is_omitted(module, project, small, tmp_path):
    """The report does not fail without a version, which only a release requires."""
    report = summary.make(small(), small(), "generated", checkout(tmp_path, module, project))

    assert [*report.lines()] == ["For callers: no change; with a release the patch part of the version moves"]
    assert json.loads(report.as_json())["version"] == {"part": "patch", "current": None, "next": None}


def test_the_first_generation_has_nothing_to_compare_with(small, tmp_path):
    """A first generation does not count as breaking."""
    for old in ({}, {"lock.json": b"", "x.py": b"", "docs/x.txt": b""}):
        report = summary.make(old, small(), "generated", checkout(tmp_path))

        assert [*report.lines()] == ["For callers: first generation, nothing to compare with"]
        assert not report.breaks


@each(
    ("path", "content", "reason"),
    [
        ("package/models/thing.py", b"class Thing:\n<<<<<<< HEAD\n", "generated/package/models/thing.py:2: is not"),
        ("package/client.py", b"\0", "generated/package/client.py: is not Python"),
        ("package/openapi.yaml", b"{", "generated/package/openapi.yaml: cannot be read"),
        *(
            ("package/openapi.yaml", text, "generated/package/openapi.yaml: cannot be read")
            for text in (
                *(b"paths: [1]", b"[]", b"servers: [{}]", b"paths: { /: 5 }"),
                b"paths: { /: { get: { parameters: [{ in: query }] } } }",
                b"paths: { /: { get: { responses: { 200: { $ref: '#/none' } } } } }",
            )
        ),
    ],
)
def test_an_old_package_that_cannot_be_read_is_reported(path, content, reason, small, tmp_path):
    """The report has the line, and never counts as one without breaking changes."""
    for place in (checkout(tmp_path), tmp_path / "without a version"):
        report = summary.make({**small(), path: content}, small(), "generated", place)

        assert [line.startswith(f"For callers: not compared: {reason}") for line in report.lines()] == [True]
        with pytest.raises(CannotRunError, match="not compared"):
            assert report.breaks


def test_the_text_and_the_json_form(small, tmp_path):
    """The last line of the text counts the changes and names the next version; the JSON form has the same facts."""
    report = summary.make(small(), small(thing="class Thing:\n    name: int"), "generated", checkout(tmp_path))
    change = {"kind": "breaking", "where": "Thing.name", "what": "`str` is now `int`"}
    change["why"] = "code that reads it does not expect `int`"

    assert [*report.lines()] == [
        "breaking  Thing.name: `str` is now `int`; code that reads it does not expect `int`",
        "For callers: 1 breaking, 0 additive; the minor part of the version moves, 0.4.1 to 0.5.0",
    ]
    found = json.loads(report.as_json())
    assert found.pop("version") == {"part": "minor", "current": "0.4.1", "next": "0.5.0"}
    assert found == {"compared": True, "reason": None, "breaking": 1, "additive": 0, "changes": [change]}
