"""What breaks and what does not, rule by rule, on packages as small as can be."""

from collections.abc import Callable

from cases import each

Small = Callable[..., dict[str, bytes | None]]
Compared = Callable[..., list[str]]

BODY = {"arguments": "id: str, *, client: Client, body: Thing", "returns": "Fault"}
BOTH = {"arguments": "id: str, *, client: Client, body: Thing"}
SET = 'State = Literal["on", "off"]'
LARGER_SET = 'State = Literal["on", "off", "ajar"]'


def thing(fields: str) -> str:
    """The source of the model, with these fields."""
    return f"class Thing:\n    name: str\n    {fields}"


@each("direction", [{}, BODY, BOTH])
def test_a_new_required_field_breaks(direction: dict[str, str], small: Small, compared: Compared) -> None:
    """Answers of before are refused without it, and so are requests."""
    lines = compared(small(**direction), small(**direction, thing=thing("size: int")))

    assert [line.split("  ")[0] for line in lines] == ["breaking"]


@each(("direction", "kind"), [({}, "breaking"), (BODY, "additive"), (BOTH, "breaking")])
@each(
    ("narrow", "wide"),
    [
        ("int", "int | None"),
        ("int", "float"),
        ("str", "str | int"),
        ("State", "State | str"),
        ('Literal["a"]', 'Literal["a", "b"]'),
        ('Literal["a"]', "str"),
        ("State", "str"),
        ('Literal["on"]', "State"),
        ("list[int]", "list[int | None]"),
        ("Mapping[str, bool]", "Mapping[str, int]"),
        ("datetime.date", "Any"),
    ],
)
def test_a_wider_or_narrower_type(
    narrow: str, wide: str, direction: dict[str, str], kind: str, small: Small, compared: Compared
) -> None:
    """A wider one breaks who reads it; a narrower one breaks who gives it, and refuses answers that were right."""
    fields = [small(**direction, state=SET, thing=thing(f"size: {text}")) for text in (narrow, wide)]

    assert [line.split("  ")[0] for line in compared(*fields)] == [kind]
    assert [line.split("  ")[0] for line in compared(*reversed(fields))] == ["breaking"]


@each(("old", "new"), [("int", "str"), ("list[int]", "int"), ("list[int]", "list[str]")])
@each("direction", [{}, BODY])
def test_another_type_breaks_in_both_directions(
    old: str, new: str, direction: dict[str, str], small: Small, compared: Compared
) -> None:
    """Neither who reads it nor who gives it can go on."""
    fields = [small(**direction, thing=thing(f"size: {text}")) for text in (old, new)]

    assert [line.split("  ")[0] for line in compared(*fields)] == ["breaking"]


@each(
    ("old", "new", "line"),
    [
        ("int | Unset = UNSET", "int", "breaking  Thing.size: required now; calls that leave it out fail"),
        ("int", "int | Unset = UNSET", "additive  Thing.size: optional now; calls that give it are still right"),
        (
            "int | Unset = UNSET",
            "int | Unset = 5",
            "additive  Thing.size: default `5`; what the API takes for a missing one is sent now",
        ),
        (
            "int | Unset = field(default=5, alias='size')",
            "int | Unset = UNSET",
            "breaking  Thing.size: no default, was `5`; calls that leave it out mean something else",
        ),
    ],
)
def test_what_may_be_left_out_of_a_request(old: str, new: str, line: str, small: Small, compared: Compared) -> None:
    """Required breaks, optional does not; a default that goes or changes alters what is meant by leaving out."""
    fields = [small(**BODY, thing=thing(f"size: {text}")) for text in (old, new)]

    assert compared(*fields) == [line]


@each(
    ("annotation", "direction", "gains", "loses"),
    [
        ("State | str", {}, "additive", "breaking"),
        ("State", {}, "breaking", "breaking"),
        ("list[State]", {}, "breaking", "breaking"),
        ("State | str", BODY, "additive", "breaking"),
        ("State", BODY, "additive", "breaking"),
    ],
)
def test_known_values(
    annotation: str, direction: dict[str, str], gains: str, loses: str, small: Small, compared: Compared
) -> None:
    """One more breaks only where an answer takes no others; one less breaks those who name it."""
    packages = [small(**direction, state=values, thing=thing(f"state: {annotation}")) for values in (SET, LARGER_SET)]

    assert [line.split("; ")[0] for line in compared(*packages)] == [f"{gains}  State: gains 'ajar'"]
    assert [line.split("; ")[0] for line in compared(*reversed(packages))] == [f"{loses}  State: loses 'ajar'"]


def test_a_default_of_an_answer_that_changes_breaks(small: Small, compared: Compared) -> None:
    """An answer without the field reads differently."""
    fields = [{"thing": thing(f"size: int | Unset = {default}")} for default in (5, 6)]
    line = "breaking  Thing.size: default `6`, was `5`; answers without it read differently"

    assert compared(*(small(**given) for given in fields)) == [line]
    assert len(compared(*(small(**BOTH, **given) for given in fields))) == 1


def test_a_renamed_class_is_one_line(small: Small, compared: Compared) -> None:
    """The types that name it do not count as changed."""
    part = "class {}:\n    size: int"
    old = small(part=part.format("Part"), thing=thing("part: Part"))
    new = small(piece=part.format("Piece"), thing=thing("part: Piece"))

    assert compared(old, new) == ["breaking  Piece: renamed from `Part`; imports of the old name fail"]


@each(("fields", "kind"), [("size: int\n    width: int | Unset = UNSET", "additive"), ("size: str", "breaking")])
def test_a_class_that_no_operation_uses_counts_as_received(
    fields: str, kind: str, small: Small, compared: Compared
) -> None:
    """Nobody has to make one, so a new optional field does not break."""
    old, new = (small(part=f"class Part:\n    {text}") for text in ("size: int", fields))

    assert [line.split("  ")[0] for line in compared(old, new)] == [kind]


def test_an_error_that_is_sent_too_is_still_received(small: Small, compared: Compared) -> None:
    """What is parsed of an error counts, though the answer's type leaves it out."""
    direction = {"arguments": "id: str, *, client: Client, body: Fault"}
    old, new = (small(**direction, fault=f"class Fault:\n    message: {text}") for text in ("str", "str | None"))

    assert [line.split("  ")[0] for line in compared(old, new)] == ["breaking"]


def test_the_order_of_changes_is_fixed(small: Small, compared: Compared) -> None:
    """What breaks stands first, then by name."""
    old = small(thing="class Thing:\n    b: int\n    a: int\n    c: int")
    new = small(thing="class Thing:\n    c: int\n    b: str\n    z: int | Unset = UNSET\n    d: int | Unset = UNSET")

    assert [line.split(":")[0] for line in compared(old, new)] == [
        "breaking  Thing.a",
        "breaking  Thing.b",
        "additive  Thing.d",
        "additive  Thing.z",
    ]
