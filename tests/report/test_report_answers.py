"""Fields of answers: what may be missing reads as None, and what is required no answer of before may lack."""

from collections.abc import Callable

from cases import each

Small = Callable[..., dict[str, bytes | None]]
Compared = Callable[..., list[str]]

THING = "class Thing:\n    name: str\n    {}"
FIELD = "size: int | None = UNSET"
NULLABLE = "size: int | None = field(default=UNSET, metadata={'is_nullable': True})"
BOUNDED = "size: Annotated[int, Bounds(minimum={})]"


@each(
    ("old", "new", "line"),
    [
        ("size: int", FIELD, "breaking  `int` is now `int | None`; code that reads it does not expect None"),
        (FIELD, "size: int", "breaking  `int | None` is now `int`; answers without it or with null are refused"),
        ("size: int | None", "size: int", "breaking  `int | None` is now `int`; answers that have `None` are refused"),
        (NULLABLE, "size: int | None", "breaking  required now; answers without it are refused"),
        ("size: int | None", NULLABLE, "additive  optional now; answers that have it read as before"),
        (NULLABLE, FIELD, "breaking  null: refused, was: any; answers that were right are refused"),
        (FIELD, NULLABLE, "additive  null: any, was: refused; values that were right still are"),
        (
            "size: int | None | Unset = UNSET",
            NULLABLE,
            "breaking  `int | None | Unset` is now `int | None`; one that is missing reads as None",
        ),
        (BOUNDED.format(1), BOUNDED.format(2), "breaking  minimum: 2, was: 1; answers that were right are refused"),
        (BOUNDED.format(1), "size: int", "additive  minimum: any, was: 1; values that were right still are"),
        (
            "size: int",
            "size: int = field(metadata={'wire_name': 'Size'})",
            "breaking  field size is now field Size; answers with the old name are refused",
        ),
        (
            FIELD,
            "size: int | None = field(default=UNSET, metadata={'wire_name': 'Size'})",
            "breaking  field size is now field Size; answers with the old name read as if it were missing",
        ),
        (
            "size: int = field(factory=list)",
            "size: int = field(factory=set)",
            "",
        ),
    ],
)
def test_a_field_of_an_answer(old: str, new: str, line: str, small: Small, compared: Compared) -> None:
    """What is right no more of the answers that came before breaks, and so does what reads otherwise."""
    lines = compared(*(small(thing=THING.format(text)) for text in (old, new)))

    assert [found.replace("Thing.size: ", "") for found in lines] == ([line] if line else [])


@each(("field", "shown"), [(FIELD, "int | None"), ("size: int = field(factory=int)", "int")])
def test_a_new_field_that_may_be_missing_does_not_break(
    field: str, shown: str, small: Small, compared: Compared
) -> None:
    """It reads as None in answers of before, or as what it is without them."""
    assert compared(small(), small(thing=THING.format(field))) == [
        f"additive  Thing.size: new, `{shown}`; code that does not know it reads answers as before"
    ]


def test_a_known_value_that_goes_is_refused(small: Small, compared: Compared) -> None:
    """If the answer allows no others."""
    old, new = (
        small(state=f"State = Literal[{values}]", thing=THING.format("state: State"))
        for values in ("'on', 'off'", "'on'")
    )

    assert compared(old, new) == ["breaking  State: loses 'off'; answers that have it are refused"]
