"""The bounds of JSON that is read, to the very value."""

from __future__ import annotations

import json

from telling import told

from anthropic_models import decoding
from anthropic_models.decoding import decode

MANY, DEEP = "ValueError: more than 50000 values", "ValueError: more than 100 levels of arrays and objects"


def length(text: str) -> object:
    """How many values the decoded array has, or what was said instead."""
    value = told(decode, text.encode())
    return len(value) if isinstance(value, list) else value


def test_what_only_python_takes_for_json_is_named():
    """The constant, or the first forty characters of the number."""
    assert {text: told(decode, text.encode()) for text in ("NaN", "[Infinity]", "-Infinity", "1e400")} == {
        "NaN": "ValueError: NaN is not JSON",
        "[Infinity]": "ValueError: Infinity is not JSON",
        "-Infinity": "ValueError: -Infinity is not JSON",
        "1e400": "ValueError: 1e400 is beyond what a float holds",
    }
    assert told(decode, b"1" * 500 + b".0") == f"ValueError: {'1' * 40} is beyond what a float holds"


def test_numbers_and_texts_are_what_they_stand_for():
    """Fractions and exponents are floats, with a byte order mark before them or not."""
    assert [decode(text) for text in (b"1.5", b"-2e3", b"\xef\xbb\xbf[1, 2]", b"7")] == [1.5, -2000.0, [1, 2], 7]
    assert [type(decode(text)) for text in (b"1.0", b"1")] == [float, int]


def test_fifty_thousand_values_are_the_most():
    """As far as commas and brackets tell, of which each of the three counts one."""
    found = {
        "commas": [length(f"[{'1,' * (count - 1)}1]") for count in (50_000, 50_001)],
        "arrays": [length(f"[{'[],' * (count - 1)}[]]") for count in (25_000, 25_001)],
        "objects": [length(f"[{'{},' * (count - 1)}{{}}]") for count in (25_000, 25_001)],
        "brackets alone": told(decode, b"[" * 50_001),
    }

    assert found == {
        "commas": [50_000, MANY],
        "arrays": [25_000, MANY],
        "objects": [25_000, MANY],
        "brackets alone": MANY,
    }


def test_values_are_counted_by_commas_and_brackets(monkeypatch):
    """Each comma and each opening bracket is one; the bound is told in the words."""
    monkeypatch.setattr(decoding, "MAX_VALUES", 4)
    texts = ("[1,2,3,4]", "[1,2,3,4,5]", "[[],[[]]]", "[[],{},[]]", "{}", '"[[[["', '"[,[,["')

    assert [str(told(decode, text.encode())) for text in texts] == [
        "[1, 2, 3, 4]",
        "ValueError: more than 4 values",
        "ValueError: more than 4 values",
        "ValueError: more than 4 values",
        "{}",
        "[[[[",
        "ValueError: more than 4 values",
    ]


def nested(opening: str, inmost: str, closing: str) -> list[str]:
    """What is said of a hundred levels, and of one more."""
    texts = [opening * depth + inmost + closing * depth for depth in (100, 101)]
    return [str(told(decode, text.encode()))[:80] for text in texts]


def test_a_hundred_levels_are_the_most():
    """Of arrays, of objects, and of both; many side by side are one, and brackets in a text are none."""
    fine = "[" * 80
    both = ['[{"a":' * 50 + "1" + "}]" * 50, '[{"a":' * 50 + "[1]" + "}]" * 50]

    assert nested("[", "1", "]") == [fine, DEEP]
    assert nested('{"a":', "1", "}") == [("{'a': " * 20)[:80], DEEP]
    assert [told(decode, text.encode()) == DEEP for text in both] == [False, True]
    assert decode(json.dumps([[], {}] * 100).encode()) == [[], {}] * 100
    assert decode(json.dumps("[" * 200).encode()) == "[" * 200


def test_an_empty_array_is_a_level_too():
    """The hundred-and-first is one too many though nothing is in it; the same for an object."""
    assert nested("[", "", "]")[1] == DEEP
    assert told(decode, b'{"a":' * 100 + b"{}" + b"}" * 100) == DEEP
    assert nested("[", "", "]")[0] == "[" * 80


def test_half_a_character_is_refused_and_a_whole_one_is_not():
    """Escaped: in a value, in a name; two halves that belong together are one character."""
    found = {text: told(decode, text) for text in (rb'"\ud83d\ude00"', rb'"\u00e9"', '"\u00e9"'.encode())}

    assert list(found.values()) == ["\U0001f600", "é", "é"]
    for text in (rb'"\ud800"', rb'{"\udfff": 1}'):
        assert str(told(decode, text)).startswith("UnicodeEncodeError: 'utf-8' codec can't encode")
