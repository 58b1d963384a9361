"""References: each must lead to an object of the right kind within the document, without a cycle."""

from collections.abc import Iterator
from typing import Any

from codegen import references
from codegen.metaschema import Description, Finding, Part
from codegen.problems import nearest


def dangling_references(description: Description) -> Iterator[Finding]:
    """A reference to nothing, to another file, or to a thing of another kind."""
    kinds = {tuple(map(str, part.pointer)): _expected(part) for part in description.parts}
    for part in description.parts:
        reference = part.value.get("$ref")
        if not isinstance(reference, str) or not _expected(part):
            continue
        where = (*part.pointer, "$ref")
        try:
            target = references.parse(reference)
            references.at(description.data, target)
        except references.DanglingError:
            known = [references.write(pointer) for pointer, kind in kinds.items() if kind & _expected(part)]
            yield where, f"`{reference}` leads to nothing in this file{nearest(reference, known)}"
            continue
        if not kinds.get(target, frozenset()) & _expected(part):
            yield where, f"`{reference}` leads to something else than a {min(_expected(part))}"
        elif len(target) != 3 or target[0] != "components":
            yield where, "what others refer to is written below `components`: move it there"
        elif len(part.pointer) == 3 and "schema" not in part.kinds:
            yield (
                where,
                "what stands below `components` is no reference itself: refer to the other one where it is used",
            )


def cycles(description: Description) -> Iterator[Finding]:
    """A schema or a reference that is made of itself has no end (a property or an item of its own kind has)."""
    for part in description.parts:
        if "$ref" in part.value and _reaches(description.data, part.value, part.value, frozenset()):
            yield (*part.pointer, "$ref"), f"`{part.value['$ref']}` leads back to itself"


def _reaches(data: Any, value: Any, goal: Any, seen: frozenset[int]) -> bool:
    if not isinstance(value, dict) or id(value) in seen:
        return False
    seen |= {id(value)}
    ahead = [branch for keyword in ("allOf", "anyOf", "oneOf") for branch in value.get(keyword, ())]
    if isinstance(value.get("$ref"), str):
        try:
            ahead.append(references.at(data, references.parse(value["$ref"])))
        except references.DanglingError:
            return False
    return any(item is goal or _reaches(data, item, goal, seen) for item in ahead)


def _expected(part: Part) -> frozenset[str]:
    """What may stand here: the kinds that this place admits besides a reference."""
    if "schema" in part.kinds:
        return frozenset({"schema"})
    return frozenset(kind.removesuffix("-or-reference") for kind in part.kinds if kind.endswith("-or-reference"))
