"""Loading YAML files: the values, the line of each place, and the errors of invalid files."""

from typing import Any

from cases import each
from codegen import document
from fragment.small import refused

ODD = "means different things to different readers of YAML: put it in quotes"
INDENTED = "(is the line indented as its neighbours are?)"
BROKEN = {
    "": ": is empty",
    "# only this\n": ": is empty",
    "[" * 400 + "]" * 400: ": is nested too deeply",
    "a: [b\nc: d\n": ":2: is not YAML: while parsing a flow sequence, expected ',' or ']', but got ':'",
    "a: b\n\tc: d\n": ":2: is not YAML: while scanning for the next token, "
    "found character '\\t' that cannot start any token",
    "a: 1\nb: *c\n": ":2: is not YAML: aliases are not supported, use `$ref`",
    "a: 1\n---\nb: 1\n": ":2: is not YAML: expected a single document in the stream, but found another document",
    "\na: 1\nb: \x01\n": ":3: is not YAML: special characters are not allowed",
    "a: b\n  c: d\n": f":2: is not YAML: mapping values are not allowed here {INDENTED}",
    "a:\n   b: c\n  d: e\n": ":3: is not YAML: while parsing a block mapping, expected <block end>, "
    f"but found '<block mapping start>' {INDENTED}",
    "\ufeff\udcff\n\n": ":1: is not UTF-8",
    "\na: 1\nc: \udce4\nd: \udce4": ":3: is not UTF-8",
}


@each(("text", "message"), BROKEN.items())
def test_an_invalid_file_is_refused(load: Any, text: str, message: str) -> None:
    """The error has the line, what was being parsed if that is known, and what is wrong."""
    assert refused(load, text) == [f"it.yaml{message}"]


def test_all_invalid_keys_are_reported(load: Any) -> None:
    """A key that is not a string and a duplicate key have their line; the duplicate also that of the first one."""
    lines = refused(load, "a:\n  b: 1\n  5: x\n  [c]: y\n  b: 2\na: on\n")

    assert lines == [
        "it.yaml:3: a key is not a string: put it in quotes",
        "it.yaml:4: a key is not a string: put it in quotes",
        "it.yaml:5: `b` is a duplicate key, first on line 2",
        "it.yaml:6: `a` is a duplicate key, first on line 1",
    ]


def test_every_place_has_a_line(load: Any) -> None:
    """A place has the line of its key or list item; one that does not exist has the line of its closest parent."""
    loaded = load("# one\na:\n  b:\n    - x\n    - c: y\n      d:\n        z\n")
    lines = {(): 2, ("a",): 2, ("a", "b"): 3, ("a", "b", 0): 4, ("a", "b", 1): 5}

    assert dict(loaded.lines) == {**lines, ("a", "b", 1, "c"): 5, ("a", "b", 1, "d"): 6}
    assert (loaded.name, loaded.source[:5]) == ("it.yaml", b"# one")
    assert loaded.data == {"a": {"b": ["x", {"c": "y", "d": "z"}]}}
    places = {("a", "b", 1, "d"): 6, ("a", "b", "none"): 3, ("a", "none", "of", "these"): 2, ("none",): 2, (): 2}
    assert [str(loaded.problem(place, "odd")) for place in places] == [f"it.yaml:{at}: odd" for at in places.values()]
    assert str(document.Document("made", b"", {}, {}).problem(("a",), "odd")) == "made:1: odd"


def test_plain_values_are_read_as_all_parsers_read_them(load: Any) -> None:
    """Null, booleans, numbers and strings are recognized; a value in quotes is always a string."""
    values: dict[str, Any] = dict.fromkeys(("", "~", "null", "Null", "NULL"))
    values |= {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
    values |= {"0": 0, "-7": -7, "+10": 10, "0.5": 0.5, "-10.25": -10.25, "1.5e+3": 1500.0, "2.0E-1": 0.2}
    values |= {text: text for text in ("text", "1.2.3", "10a", "a 0x1")}
    values |= {"'null'": "null", '"2020-01-01"': "2020-01-01", "'012'": "012"}
    data = load("".join(f"k{index}: {text}\n" for index, text in enumerate(values))).data

    assert dict(zip(values, data.values(), strict=True)) == values
    assert [type(value) for value in data.values()] == [type(value) for value in values.values()]


def test_plain_values_that_parsers_read_differently_are_refused(load: Any) -> None:
    """Old booleans, octal and base-60 numbers, dates, unusual numbers and tags are reported with their line."""
    texts = ["on", "Yes", "012", "0o14", "0x1F", "1_000", "190:20:30", "2020-01-01", ".5", "1.", "1e3", "=", "<<"]
    texts += ["1.5e3", ".inf", ".NaN", "+.5", "0b1", "!!binary aGk=", "!mine x", "!!int x", "!!str 5"]
    lines = refused(load, "".join(f"k{index}: {text}\n" for index, text in enumerate(texts)))

    assert lines == [f"it.yaml:{number}: `{text.split()[-1]}` {ODD}" for number, text in enumerate(texts, 1)]
