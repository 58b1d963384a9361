"""Which scalars are the same to every reader of YAML, and what is said of those that are not."""

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


def test_tags_are_refused(load: Load, refused: Refused) -> None:
    """A value of a type that JSON does not have, or one that is declared to be what it does not look like."""
    lines = refused(load, "a: !!binary aGk=\nb: !mine x\nc: !!int x\nd: !!str 5\n")

    assert lines == [
        f"it.yaml:1: `aGk=` {ODD}",
        f"it.yaml:2: `x` {ODD}",
        f"it.yaml:3: `x` {ODD}",
        f"it.yaml:4: `5` {ODD}",
    ]
