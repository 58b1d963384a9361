"""Arguments of a call: what is said of those that cannot be sent, and what becomes of the others."""

from __future__ import annotations

from typing import Any

from telling import told

from anthropic_models import Omit, not_given, omit, options

LONG = "x" * 100
ONLY_ASCII = "has characters that cannot stand in a header; only visible ASCII can"


def test_a_segment_that_cannot_be_is_told():
    """By its name and with what it was, or its first eighty characters."""
    values = (7, "", f"{LONG}\x00", "\x9f", "\ud800", f" {LONG}", "a ", ".", "%252e%2E", "x" * 8193)

    assert [told(options.path_segment, "id", value) for value in values] == [
        "TypeError: `id` must be a string, not int",
        "ValueError: Expected a non-empty value for `id` but received ''",
        f"ValueError: `id` has control characters or half characters in it: '{'x' * 80}'",
        "ValueError: `id` has control characters or half characters in it: '\\x9f'",
        "ValueError: `id` has control characters or half characters in it: '\\ud800'",
        f"ValueError: `id` has white space at an end: ' {'x' * 79}'",
        "ValueError: `id` has white space at an end: 'a '",
        "ValueError: `id` would name another path: '.'",
        "ValueError: `id` would name another path: '%252e%2E'",
        "ValueError: `id` is longer than 8192 characters",
    ]


def test_a_segment_that_can_be_stays_as_it_is():
    """Of 8192 characters too; dots and escapes in it stand for themselves."""
    values = ["x" * 8192, "a b", "...", ".a", "%2e.a", "%", "a/b", "\u00e9"]

    assert [options.path_segment("id", value) for value in values] == values


def test_tokens_that_cannot_be_are_told():
    """By their place in the list, with their first eighty characters."""
    values: tuple[Any, ...] = ("a", b"a", {}, 7, None, ["a", 7], ["a", f"{LONG},"], [""], ["a b"], ["a\n"])
    said = [told(options.header_tokens, "betas", value) for value in values]

    assert said == [
        *(f"TypeError: `betas` must be a list of strings, not {kind}" for kind in ("str", "bytes", "dict", "int")),
        "TypeError: `betas` must be a list of strings, not NoneType",
        "TypeError: `betas[1]` must be a string, not int",
        f"ValueError: `betas[1]` cannot stand in a header: '{'x' * 80}'",
        "ValueError: `betas[0]` cannot stand in a header: ''",
        "ValueError: `betas[0]` cannot stand in a header: 'a b'",
        "ValueError: `betas[0]` cannot stand in a header: 'a\\n'",
    ]


def test_tokens_are_joined_by_commas():
    """None of them, and marks that leave them out, are no header."""
    given: tuple[Any, ...] = (["a", "b"], iter(["a"]), (), omit, not_given)

    assert [options.header_tokens("betas", each) for each in given] == ["a,b", "a", None, None, None]


BAD_HEADERS: list[tuple[Any, str]] = [
    ([], "TypeError: `h` must be a mapping, not list"),
    ({7: "a"}, "ValueError: `h` has a name that no header can have: 7"),
    ({"": "a"}, "ValueError: `h` has a name that no header can have: ''"),
    ({f"{LONG} ": "a"}, f"ValueError: `h` has a name that no header can have: '{'x' * 79}"),
    ({"Content-Length": "1"}, "ValueError: `h` must not have 'Content-Length': it would break the request"),
    ({"transfer-encoding": omit}, "ValueError: `h` must not have 'transfer-encoding': it would break the request"),
    ({"a": 7}, "TypeError: `h['a']` must be a string or Omit(), not int"),
    ({"a": None}, "TypeError: `h['a']` must be a string or Omit(), not NoneType"),
    ({"Host": omit}, "ValueError: `h` must not leave out 'Host': it would break the request"),
    ({"X-Api-Key": ""}, "ValueError: `h['X-Api-Key']` is empty; Omit() sends no credential on purpose"),
    ({"authorization": ""}, "ValueError: `h['authorization']` is empty; Omit() sends no credential on purpose"),
    ({"a": "b\nc"}, f"ValueError: `h['a']` {ONLY_ASCII}"),
    ({"a": " b"}, f"ValueError: `h['a']` {ONLY_ASCII}"),
    ({"a": "\u00e9"}, f"ValueError: `h['a']` {ONLY_ASCII}"),
]


def test_headers_that_cannot_be_are_told():
    """By their names, and never by their values."""
    assert [told(options.headers, "h", values) for values, _ in BAD_HEADERS] == [words for _, words in BAD_HEADERS]
    assert told(options.header_value, "h", 7) == "TypeError: `h` must be a string, not int"


def test_headers_that_can_be_stay_as_they_are():
    """Only what is not given is left out, wherever it stands; an empty value may stand in all but a credential."""
    mark = Omit()
    given = {"A": "b\tc", "none": not_given, "B": "", "Host": "x", "x-api-key": mark, "Authorization": "t", "C": mark}

    assert options.headers("h", given) == {name: value for name, value in given.items() if name != "none"}
    assert list(options.headers("h", given)) == ["A", "B", "Host", "x-api-key", "Authorization", "C"]
    assert options.headers("h", None) == {}


def test_a_later_layer_wins_whatever_the_spelling_of_its_names():
    """The name is that of the later one, in the place of the earlier; `Omit` leaves none."""
    layers: list[dict[str, Any]] = [{"A": "1", "B": "1", "C": "1"}, {"a": "2", "c": omit}, {"b": "3", "D": "3"}]

    assert list(options.merged_headers(*layers).items()) == [("a", "2"), ("b", "3"), ("D", "3")]


def test_one_credential_is_left():
    """That of the latest layer which has one, whatever its kind; two in one layer are refused."""
    key, token = {"X-Api-Key": "k"}, {"Authorization": "t"}

    assert [options.merged_headers(key, token), options.merged_headers(token, {"a": "b"}, key)] == [
        token,
        {"a": "b", **key},
    ]
    assert options.merged_headers(token, {"x-api-key": omit}) == token
    assert told(options.merged_headers, {**key, **token}) == (
        "ValueError: two credentials were given; one of x-api-key, authorization is sent"
    )


def test_a_query_is_written_like_this():
    """Several layers and several values, nested ones too; what is nothing is left out."""
    first = {"a": 1, "b": [1, None, "x", {}, True], "c": None, "d": ""}
    second = {"a": {"x": {"y": False}, "z": None}, "e": (), "f": 0, "g": "a b&c"}

    assert options.query(first, None, second) == "a%5Bx%5D%5By%5D=false&b=1%2Cx%2Ctrue&e=&f=0&g=a+b%26c"


def test_query_values_that_cannot_be_are_told():
    """No mapping, a name that is no text, half a character, one that holds itself."""
    circle: dict[str, Any] = {}
    circle["a"] = circle

    assert [
        told(options.query_values, "q", value) for value in (7, {7: 1}, {"a": 1, 7: 1}, {"a": "\ud800"}, circle)
    ] == [
        *["TypeError: `q` must be a mapping with strings for names"] * 3,
        "ValueError: `q` has half characters in it",
        "ValueError: `q` holds itself, or is too deep",
    ]
    assert options.query_values("q", None) == {}
    assert options.query_values("q", {"a": omit, "b": not_given, "c": None, "d": 1}) == {"c": None, "d": 1}
