"""Which scalars are the same to every reader of YAML, and what is said of those that are not."""

import math
from collections.abc import Callable
from typing import Any

Load = Callable[[str], Any]
Refused = Callable[..., list[str]]

ODD = "means different things to different readers of YAML: put it in quotes"


def test_plain_values_are_read_as_all_readers_read_them(load: Load) -> None:
    """Null, switches, numbers and texts; what stands in quotes is a text in any case."""
    values: dict[str, Any] = {
        "": None,
        "~": None,
        "null": None,
        "Null": None,
        "NULL": None,
        "true": True,
        "True": True,
        "TRUE": True,
        "false": False,
        "False": False,
        "FALSE": False,
        "0": 0,
        "-7": -7,
        "+10": 10,
        "0.5": 0.5,
        "-10.25": -10.25,
        "1.5e+3": 1500.0,
        "2.0E-1": 0.2,
        "text": "text",
        "1.2.3": "1.2.3",
        "10a": "10a",
        "a 0x1": "a 0x1",
        "'null'": "null",
        '"2020-01-01"': "2020-01-01",
        "'012'": "012",
    }
    source = "".join(f"k{index}: {text}\n" for index, text in enumerate(values))
    data = load(source).data

    assert dict(zip(values, data.values(), strict=True)) == values
    assert [type(value) for value in data.values()] == [type(value) for value in values.values()]


def test_plain_values_that_readers_take_for_different_things_are_refused(load: Load, refused: Refused) -> None:
    """Old switches, octal and sixtieth numbers, dates, and numbers in unusual forms: each is told, with its line."""
    texts = ["on", "Yes", "012", "0o14", "0x1F", "1_000", "190:20:30", "2020-01-01", ".5", "1.", "1e3"]
    texts += ["1.5e3", ".inf", ".NaN", "=", "<<", "+.5", "0b1"]
    lines = refused(load, "".join(f"k{index}: {text}\n" for index, text in enumerate(texts)))

    assert lines == [f"it.yaml:{number}: `{text}` {ODD}" for number, text in enumerate(texts, 1)]


def test_texts_over_several_lines_are_texts(load: Load) -> None:
    """Folded, literal, and plain ones, whatever they begin with."""
    data = load("a: >-\n  1.5\n  2\nb: |\n  1\nc: one\n  two\n").data

    assert data == {"a": "1.5 2", "b": "1\n", "c": "one two"}


def test_a_number_keeps_its_worth(load: Load) -> None:
    """Whole numbers are whole, and no digit is lost of long ones."""
    data = load("[12345678901234567890, 0.1, 1.0e+308]").data

    assert data == [12345678901234567890, 0.1, 1e308]
    assert math.isfinite(data[2])


def test_tags_are_refused(load: Load, refused: Refused) -> None:
    """A value of a type that JSON does not have, or one that is declared to be what it does not look like."""
    lines = refused(load, "a: !!binary aGk=\nb: !mine x\nc: !!int x\nd: !!str 5\n")

    assert lines == [
        f"it.yaml:1: `aGk=` {ODD}",
        f"it.yaml:2: `x` {ODD}",
        f"it.yaml:3: `x` {ODD}",
        f"it.yaml:4: `5` {ODD}",
    ]


def test_all_faults_of_keys_are_told(load: Load, refused: Refused) -> None:
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
    assert (loaded.name, loaded.source[:5], loaded.data) == ("it.yaml", b"# one", {"a": {"b": ["x", {"c": "y", "d": "z"}]}})


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
    from codegen.document import Document

    assert str(Document("made", b"", {}, {}).problem(("a",), "odd")) == "made:1: odd"


def test_what_is_no_yaml_is_told_in_full(load: Load, refused: Refused) -> None:
    """With the line, with what was being read if that is known, and with what is wrong."""
    broken = ["a: [b\nc: d\n", "a: b\n\tc: d\n", "a: 1\nb: *c\n", "a: 1\n---\nb: 1\n", "a: 1\nb: \x01\n", "a\n---\n--- b"]

    assert [refused(load, text) for text in broken] == [
        ["it.yaml:2: is not YAML: while parsing a flow sequence, expected ',' or ']', but got ':'"],
        ["it.yaml:2: is not YAML: while scanning for the next token, found character '\\t' that cannot start any token"],
        ["it.yaml:2: is not YAML: aliases are not supported, use `$ref`"],
        ["it.yaml:2: is not YAML: expected a single document in the stream, but found another document"],
        ["it.yaml:2: is not YAML: special characters are not allowed"],
        ["it.yaml:2: is not YAML: expected a single document in the stream, but found another document"],
    ]


def test_a_file_of_another_encoding_is_told_with_its_line(load: Load, refused: Refused) -> None:
    """The line on which the first byte stands that is no UTF-8."""
    assert refused(load, b"\xff") == ["it.yaml:1: is not UTF-8"]
    assert refused(load, b"a: 1\nb: 2\nc: \xe4\nd: \xe4\n") == ["it.yaml:3: is not UTF-8"]
