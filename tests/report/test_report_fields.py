"""Which changes of fields, types and known values are breaking, on minimal packages."""

from cases import each

SENT = {"params": "id: str, *, body: Thing", "returns": "Fault"}
BOTH = {"params": "id: str, *, body: Thing"}
SET = 'State = Literal["on", "off"]'
LARGER_SET = 'State = Literal["on", "off", "ajar"]'
FIELD = "size: int | None = UNSET"
NULLABLE = "size: int | None = field(default=UNSET, metadata={'is_nullable': True})"
LEFT_OUT, FIVE = "size: int | Unset = UNSET", "size: int | Unset = field(default=5, alias='size')"
BOUND_1, BOUND_2 = (f"size: Annotated[int, Bounds(minimum={number})]" for number in (1, 2))
NO_NONE = "`int | None` is now `int`"
DEFAULT = "breaking  default `6`, was `5`; a missing value reads differently"
BREAKS, ADDS = ["breaking"], ["additive"]


def thing(fields: str) -> str:
    """The source of the model, with these fields."""
    return f"class Thing:\n    name: str\n    {fields}"


def kinds(lines: list[str]) -> list[str]:
    """The first word of each line."""
    return [line.split("  ")[0] for line in lines]


@each(
    ("direction", "old", "new", "line"),
    [
        ({}, FIELD, "size: int", f"breaking  {NO_NONE}; responses without it are rejected"),
        ({}, "size: int | None", "size: int", f"breaking  {NO_NONE}; responses that have `None` are rejected"),
        ({}, NULLABLE, "size: int | None", "breaking  required now; responses without it are rejected"),
        ({}, "size: int | None", NULLABLE, "additive  optional now; responses that have it are parsed as before"),
        ({}, FIELD, NULLABLE, "additive  null: any, was: rejected; existing values remain valid"),
        ({}, BOUND_1, "size: int", "additive  minimum: any, was: 1; existing values remain valid"),
        (
            *({}, FIELD, NULLABLE.replace("is_nullable", "wire_name")),
            "breaking  field size is now field True; responses with the old name lack the field",
        ),
        ({}, "size: int = field(factory=list)", "size: int = field(factory=set)", ""),
        ({}, "size: int = 5", "size: int = 6", DEFAULT),
        (BOTH, "size: int = 5", "size: int = 6", DEFAULT),
        (SENT, LEFT_OUT, "size: int", "breaking  required now; calls without it fail"),
        (SENT, "size: int", LEFT_OUT, "additive  optional now; existing calls remain valid"),
        (SENT, LEFT_OUT, FIVE, "additive  default `5`; the API already used this value for calls without it"),
        (SENT, FIVE, LEFT_OUT, "breaking  no default, was `5`; calls without it mean something else"),
        (SENT, BOUND_1, BOUND_2, "breaking  minimum: 2, was: 1; the API rejects values that were valid"),
        (SENT, "", "size: int", "breaking  new and required, `int`; calls without it fail"),
        (SENT, "", FIELD, "additive  new and optional, `int | None`; existing calls remain valid"),
        (BOTH, "", "size: int", "breaking  new and required, `int`; calls without it fail"),
        (SENT, "size: int", "", "breaking  removed; calls that pass it fail"),
        ({}, "_size: int", "_size: str", ""),
        ({}, "", "def size(self) -> int: ...", ""),
    ],
)
def test_a_change_of_a_field(direction, old, new, line, small, compared):
    """A change is breaking if responses or calls fail or mean something else; a new optional field is not."""
    lines = compared(*(small(**direction, thing=thing(text)) for text in (old, new)))

    assert [found.replace("Thing.size: ", "") for found in lines] == ([line] if line else [])


WIDER = [
    ("int", "int | None"),
    ("int", "float"),
    ("bool", "int"),
    ("str", "str | int"),
    ("State", "State | str"),
    ('Literal["a"]', 'Literal["a", "b"]'),
    ('Literal["a"]', "str"),
    ("Literal[1]", "float"),
    ("State", "str"),
    ("State", "Literal['on', 'off'] | int"),
    ("State", "Literal['on'] | Literal['off', 'up']"),
    ('Literal["on"]', "State"),
    ("list[int]", "list[int | None]"),
    ("list[int]", "SequenceNotStr[float]"),
    ("Mapping[str, bool]", "Mapping[str, int]"),
    ("datetime.date", "Any"),
    ("int", "object"),
    ("int", "'int | str'"),
]
OTHER = [
    ("int", "str"),
    ("list[int]", "int"),
    ("list[int]", "list[str]"),
    ("list[int]", "set[int]"),
    ("str", "SequenceNotStr[str]"),
    ("Literal['on']", "int"),
    ("Literal['up']", "State"),
    ("dict[str, int]", "dict[str]"),
]


@each(
    ("direction", "pairs", "kind"),
    [({}, WIDER, BREAKS), (SENT, WIDER, ADDS), (BOTH, WIDER, BREAKS), ({}, OTHER, BREAKS), (SENT, OTHER, BREAKS)],
)
def test_a_change_of_a_type(direction, pairs, kind, small, compared):
    """A wider type breaks readers; a narrower one breaks senders and rejects responses; any other type breaks both."""
    for pair in pairs:
        packages = [small(**direction, state=SET, thing=thing(f"size: {text}")) for text in pair]
        assert (pair, kinds(compared(*packages)), kinds(compared(*reversed(packages)))) == (pair, kind, BREAKS)


@each(
    ("annotation", "shown"),
    [
        ("None | str | int", "int | str | None"),
        ("dict[str, list[int | None]]", "dict[str, list[int | None]]"),
        ("'Thing | None'", "Thing | None"),
        ("'not a type'", "'not a type'"),
        ("Literal['b', 'a'] | Literal[1] | str", "str | Literal['a', 'b', 1]"),
        ("Literal[A.B]", "Any"),
        ("State | None", "State | None"),
        ("Annotated[int, Bounds()] | None", "int | None"),
        ("_list[int]", "list[int]"),
    ],
)
def test_how_a_type_is_shown(annotation, shown, small, compared):
    """A union lists types by name, then known values, then None."""
    lines = compared(*(small(state=SET, thing=thing(f"size: {text}")) for text in (annotation, "never")))

    assert [line for line in lines if f"`{shown}` is now `never`" in line] == lines != []


@each(
    ("annotation", "direction", "gains", "loses"),
    [
        ("State | str", {}, ADDS, "code that declares it as a known value no longer type-checks"),
        ("State", {}, BREAKS, "responses that have it are rejected"),
        ("State | int", {}, BREAKS, "responses that have it are rejected"),
        ("list[State]", {}, BREAKS, "responses that have it are rejected"),
        ("list[State] | str", {}, BREAKS, "responses that have it are rejected"),
        ("State | str", SENT, ADDS, "code that declares it as a known value no longer type-checks"),
        ("State", SENT, ADDS, "calls that pass it are rejected"),
        ("State", BOTH, BREAKS, "calls that pass it are rejected"),
    ],
)
def test_a_change_of_known_values(annotation, direction, gains, loses, small, compared):
    """A new value breaks only if a response allows no others; a removed value breaks code that names it."""
    packages = [small(**direction, state=values, thing=thing(f"state: {annotation}")) for values in (SET, LARGER_SET)]
    lost = compared(*reversed(packages))

    assert [line.split("; ")[0] for line in compared(*packages)] == [f"{gains[0]}  State: gains 'ajar'"]
    assert [line.startswith(f"breaking  State: loses 'ajar'; {loses}") for line in lost] == [True]


def test_known_values_that_only_the_method_accepts(small, compared):
    """If the method accepts no other string, calls with a removed value are rejected."""
    method = "id: str, *, states: SequenceNotStr[State]"
    old, new = (small(method=method, state=values) for values in (LARGER_SET, SET))

    assert compared(old, new) == ["breaking  State: loses 'ajar'; calls that pass it are rejected"]


@each(
    ("old", "new", "lines"),
    [
        (
            {"part": "class Part:\n    size: int", "thing": thing("part: Part")},
            {"piece": "class Piece:\n    size: int", "thing": thing("part: Piece")},
            ["breaking  Piece: renamed from `Part`"],
        ),
        (
            {"part": 'Part = Literal["a"]', "thing": thing("part: list[Part]")},
            {"piece": 'Piece = Literal["a"]', "thing": thing("part: list[Piece]")},
            ["breaking  Piece: renamed from `Part`"],
        ),
        (
            {},
            {"fault": "class Error:\n    message: str", "errors": {"404": "Error"}},
            ["breaking  Error: renamed from `Fault`"],
        ),
        (
            {"a": "class A:\n    size: int", "b": "class B:\n    size: int"},
            {"c": "class C:\n    size: int"},
            ["breaking  A: removed", "breaking  B: removed", "additive  C: new"],
        ),
        (
            {"thing": "class Thing:\n    b: int\n    a: int\n    c: int"},
            {"thing": "class Thing:\n    c: int\n    b: str\n    z: int = 5\n    d: int = 5"},
            [
                *("breaking  Thing.a: removed", "breaking  Thing.b: `int` is now `str`"),
                *("additive  Thing.d: new, `int`", "additive  Thing.z: new, `int`"),
            ],
        ),
    ],
)
def test_breaking_changes_come_first_and_a_rename_is_one_line(old, new, lines, small, compared):
    """Each kind is sorted by name; references to a renamed class are not listed if its new name is certain."""
    assert [line.split("; ")[0] for line in compared(small(**old), small(**new))] == lines


@each(("fields", "kind"), [("size: int\n    width: int | Unset = UNSET", ADDS), ("size: str", BREAKS)])
def test_a_class_that_no_operation_uses_counts_as_received(fields, kind, small, compared):
    """Callers do not have to construct such a class, so a new optional field is not breaking."""
    assert kinds(compared(*(small(part=f"class Part:\n    {text}") for text in ("size: int", fields)))) == kind


def test_an_error_that_is_also_sent_counts_as_received(small, compared):
    """The body of an error is parsed, although the return type of the method lacks it."""
    faults = (f"class Fault:\n    message: {text}" for text in ("str", "str | None"))

    assert kinds(compared(*(small(params="id: str, *, body: Fault", fault=fault) for fault in faults))) == BREAKS
