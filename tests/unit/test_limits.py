"""How the limits of a parameter change: what its value has to be besides its type."""

import ast
from typing import Any

from codegen.report import limits
from codegen.report.annotations import Reader
from codegen.report.model import Slot


def slot(text: str, told: dict[str, Any]) -> Slot:
    """A parameter of this type, with these limits."""
    return Slot(Reader({}, {}).read(ast.parse(text, mode="eval").body), None, "", told)


def lines(changes: Any) -> list[str]:
    """The changes as they are printed."""
    return [str(change) for change in changes]


def test_limits_break_where_they_get_tighter() -> None:
    """Least ones that rise, greatest ones that fall, any other that changes, and any that was not there."""
    limit: dict[str, tuple[Any, Any]] = {
        "minLength": (1, 2),
        "exclusiveMinimum": (2, 1),
        "items.minItems": (1, 2),
        "maxLength": (2, 1),
        "items.maximum": (1, 2),
        "pattern": ("a", "b"),
        "multipleOf": (None, 2),
        "uniqueItems": (True, None),
        "minimum": (0, 0),
    }
    old, new = (slot("str", {name: pair[side] for name, pair in limit.items()}) for side in (0, 1))
    breaks, fits = "the API refuses values that were right", "values that were right still are"

    assert lines(limits.changed("f(x)", old, new)) == [
        f"additive  f(x): exclusiveMinimum: 1, was: 2; {fits}",
        f"additive  f(x): items.maximum: 2, was: 1; {fits}",
        f"breaking  f(x): items.minItems: 2, was: 1; {breaks}",
        f"breaking  f(x): maxLength: 1, was: 2; {breaks}",
        f"breaking  f(x): minLength: 2, was: 1; {breaks}",
        f"breaking  f(x): multipleOf: 2, was: any; {breaks}",
        f"breaking  f(x): pattern: b, was: a; {breaks}",
        f"additive  f(x): uniqueItems: any, was: True; {fits}",
    ]


def test_closed_sets_of_values_count_where_the_type_does_not_show_them() -> None:
    """Which ones went, which came, or that there are any at all."""
    sets = [frozenset("ab"), frozenset("bdc"), frozenset("abd"), None]
    found = {}
    for old, new, kind in (
        (0, 1, "str"),
        (0, 2, "str"),
        (0, 3, "str"),
        (3, 0, "str"),
        (0, 0, "str"),
        (0, 1, "Literal['b']"),
    ):
        pair = (slot(kind, {"items.values": sets[old]}), slot(kind, {"items.values": sets[new]}))
        found[old, new, kind] = lines(limits.changed("f(x)", *pair))
    breaks, fits = "the API refuses values that were right", "values that were right still are"

    assert list(found.values()) == [
        [f"breaking  f(x): values: no longer a, also c, d; {breaks}"],
        [f"additive  f(x): values: also d; {fits}"],
        [f"additive  f(x): values: any, was: known ones only; {fits}"],
        [f"breaking  f(x): values: known ones only, was: any; {breaks}"],
        [],
        [],
    ]
