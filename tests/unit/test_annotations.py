"""Types as callers see them: how annotations are read, shown and compared."""

import ast

from codegen.report.annotations import Atom, Reader, beyond, literals, sets, show

KNOWN = {"State": (Atom("'on'", base="str"), Atom("'off'", base="str")), "Level": (Atom("1", base="int"),)}
READER = Reader(KNOWN, {"Old": "New"})


def read(text: str) -> frozenset[Atom]:
    """The type of an annotation."""
    node = ast.parse(f"x: {text}").body[0]
    assert isinstance(node, ast.AnnAssign)
    return READER.read(node.annotation)


def test_a_type_is_shown_as_it_is_written() -> None:
    """Alternatives by name, then known values, then None and Unset; names of another time by their new ones."""
    shown = {
        "int": "int",
        "None": "None",
        "Unset | None | str | int": "int | str | None | Unset",
        "dict[str, list[int | None]]": "dict[str, list[int | None]]",
        "'Thing | None'": "Thing | None",
        "'not a type'": "'not a type'",
        "datetime.datetime": "datetime.datetime",
        "Old | list[Old]": "New | list[New]",
        "Literal['b', 'a'] | Literal[1] | str": "str | Literal['a', 'b', 1]",
        "Literal['x'] | None": "Literal['x'] | None",
        "State | str": "State | str",
        "Annotated[int, Bounds(minimum=1)] | None": "int | None",
        "_list[int]": "list[int]",
    }

    assert {text: show(read(text)) for text in shown} == shown
    assert show(READER.read(None)) == "Any"
    assert show(frozenset()) == ""


def test_an_annotation_is_read_into_its_alternatives() -> None:
    """A name of known values brings them along; a value of `Literal` knows its type; what is no value is anything."""
    assert READER.read(None) == {Atom("Any")}
    assert read("'int | None'") == read("int | None") == {Atom("int"), Atom("None")}
    assert read("list[int] | None") == {Atom("list", (frozenset({Atom("int")}),)), Atom("None")}
    assert [atom.values for atom in read("State")] == [KNOWN["State"]]
    assert [atom.values for atom in read("Other")] == [()]
    node = ast.parse("Literal['a', 1, True, None, A.B]", mode="eval").body
    assert isinstance(node, ast.Subscript)
    assert literals(node) == (
        Atom("'a'", base="str"),
        Atom("1", base="int"),
        Atom("True", base="bool"),
        Atom("None", base="NoneType"),
        Atom("Any"),
    )


def test_what_one_type_has_beyond_another() -> None:
    """Names of known values count as all of their values, values as their type, whole numbers as numbers."""
    pairs = {
        ("int", "int | str"): "",
        ("int | str | None", "int"): "str | None",
        ("int", "Any"): "",
        ("int", "object"): "",
        ("Any", "int"): "Any",
        ("bool", "int"): "",
        ("bool", "float"): "",
        ("int", "float"): "",
        ("float", "int"): "float",
        ("int", "bool"): "int",
        ("Literal['on']", "str"): "",
        ("Literal['on']", "int"): "Literal['on']",
        ("Literal['on']", "State"): "",
        ("Literal['up']", "State"): "Literal['up']",
        ("Literal[1]", "float"): "",
        ("State", "str"): "",
        ("State", "Literal['on', 'off']"): "",
        ("State | int", "Literal['off'] | Literal['on', 'up']"): "int",
        ("State", "Literal['on']"): "State",
        ("State", "State"): "",
        ("str", "State"): "str",
        ("Level", "State"): "Level",
        ("Level", "float"): "",
        ("list[int]", "list[float]"): "",
        ("list[float]", "list[int]"): "list[float]",
        ("list[int]", "set[int]"): "list[int]",
        ("list[int]", "SequenceNotStr[int]"): "",
        ("SequenceNotStr[int]", "list[int]"): "SequenceNotStr[int]",
        ("str", "SequenceNotStr[str]"): "str",
        ("dict[str, int]", "dict[str]"): "dict[str, int]",
        ("dict[str, int]", "dict[str, int | None]"): "",
        ("dict[str, int | None]", "dict[str, int]"): "dict[str, int | None]",
        ("list[State]", "list[str]"): "",
    }

    assert {pair: show(beyond(*map(read, pair))) for pair in pairs} == pairs


def test_a_set_of_known_values_is_open_where_its_type_stands_beside_it() -> None:
    """Just there: neither farther out nor farther in."""
    found = {text: sorted(sets(read(text))) for text in ("State", "State | str", "State | int", "Level | float", "int")}

    assert found == {
        "State": [("State", False)],
        "State | str": [("State", True)],
        "State | int": [("State", False)],
        "Level | float": [("Level", True)],
        "int": [],
    }
    assert list(sets(read("str | list[State]"))) == [("State", False)]
    assert sorted(sets(read("State | list[State | str]"))) == [("State", False), ("State", True)]
