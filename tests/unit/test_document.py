"""Files as documents: where everything stands, and what is said of files that are none."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from codegen import document
from fragment.small import refused

Load = Callable[[str | bytes], Any]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """A YAML text as a document that messages call `it.yaml`."""

    def loaded(text: str | bytes) -> document.Document:
        path = tmp_path / "elsewhere.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return document.load(path, "it.yaml")

    return loaded


def test_all_faults_of_keys_are_told(load: Load) -> None:
    """A key that is no text, and one that is there twice, each where it stands; the first of two is named."""
    lines = refused(load, "a:\n  b: 1\n  5: x\n  [c]: y\n  b: 2\na: on\n")

    assert lines == [
        "it.yaml:3: a key is not a string: put it in quotes",
        "it.yaml:4: a key is not a string: put it in quotes",
        "it.yaml:5: `b` is there twice, first on line 2",
        "it.yaml:6: `a` is there twice, first on line 1",
    ]


def test_every_place_has_a_line(load: Load) -> None:
    """That of a key is the line of the key itself; that of an entry of a list is where the entry begins."""
    loaded = load("# one\na:\n  b:\n    - x\n    - c: y\n      d:\n        z\n")

    assert dict(loaded.lines) == {
        (): 2,
        ("a",): 2,
        ("a", "b"): 3,
        ("a", "b", 0): 4,
        ("a", "b", 1): 5,
        ("a", "b", 1, "c"): 5,
        ("a", "b", 1, "d"): 6,
    }
    assert (loaded.name, loaded.source[:5], loaded.data) == (
        "it.yaml",
        b"# one",
        {"a": {"b": ["x", {"c": "y", "d": "z"}]}},
    )


def test_a_complaint_stands_at_the_nearest_place_that_is_in_the_file(load: Load) -> None:
    """A place that is not in the file counts for the place around it, and that for the one around it."""
    loaded = load("# one\na:\n  b:\n    c: x\n")
    places = [("a", "b", "c"), ("a", "b", "none"), ("a", "none", "of", "these"), ("none",), ()]

    assert [str(loaded.problem(place, "odd")) for place in places] == [
        "it.yaml:4: odd",
        "it.yaml:3: odd",
        "it.yaml:2: odd",
        "it.yaml:2: odd",
        "it.yaml:2: odd",
    ]


def test_a_complaint_about_a_document_without_lines_stands_at_its_first(load: Load) -> None:
    """So does one about a document that was not read from a file."""
    assert str(document.Document("made", b"", {}, {}).problem(("a",), "odd")) == "made:1: odd"


def test_what_is_no_yaml_is_told_in_full(load: Load) -> None:
    """With the line, with what was being read if that is known, and with what is wrong."""
    broken = ["a: [b\nc: d\n", "a: b\n\tc: d\n", "a: 1\nb: *c\n", "a: 1\n---\nb: 1\n", "\na: 1\nb: \x01\n"]

    assert [refused(load, text) for text in broken] == [
        ["it.yaml:2: is not YAML: while parsing a flow sequence, expected ',' or ']', but got ':'"],
        [
            "it.yaml:2: is not YAML: while scanning for the next token, "
            "found character '\\t' that cannot start any token"
        ],
        ["it.yaml:2: is not YAML: aliases are not supported, use `$ref`"],
        ["it.yaml:2: is not YAML: expected a single document in the stream, but found another document"],
        ["it.yaml:3: is not YAML: special characters are not allowed"],
    ]


def test_a_file_of_another_encoding_is_told_with_its_line(load: Load) -> None:
    """The line on which the first byte stands that is no UTF-8."""
    assert refused(load, b"\xff\n\n") == ["it.yaml:1: is not UTF-8"]
    assert refused(load, b"\na: 1\nc: \xe4\nd: \xe4") == ["it.yaml:3: is not UTF-8"]


def test_a_file_as_a_whole_may_be_no_document(load: Load, tmp_path: Path) -> None:
    """One that says nothing, one that is not there, and one that is nested more deeply than anybody reads."""
    said = [refused(load, text) for text in ("", "# only this\n", "[" * 400 + "]" * 400)]

    assert said == [["it.yaml: is empty"], ["it.yaml: is empty"], ["it.yaml: is nested too deeply"]]
    assert refused(document.load, tmp_path / "none", "it.yaml") == [
        "it.yaml: cannot be read: No such file or directory"
    ]
