"""References: each must lead to an object of the right kind within the document, without a cycle."""

from collections.abc import Iterator
from typing import Any

from codegen import references
from codegen.metaschema import Description, Finding, Part
from codegen.problems import nearest


def dangling(description: Description, part: Part) -> Iterator[Finding]:
    """A reference to a missing place, to another file, or to an object of another kind."""
    reference, where = part.value.get("$ref"), part.at("$ref")
    if not isinstance(reference, str) or part.kind not in ("reference", "schema"):
        return
    try:
        target = references.parse(reference)
        references.at(description.data, target)
    except references.DanglingError:
        known = [place for place, kind in description.kinds.items() if kind == part.expected]
        yield where, f"`{reference}` does not exist in this file{nearest(reference, known)}"
        return
    if description.kinds.get(references.write(target)) != part.expected:
        yield where, f"`{reference}` does not refer to a {part.expected}"
    elif len(target) != 3 or target[0] != "components":
        yield where, "the target of a reference must be below `components`: move it there"
    elif len(part.pointer) == 3 and part.kind == "reference":
        yield where, "a component cannot be a reference: refer to its target instead"


def cycles(description: Description, part: Part) -> Iterator[Finding]:
    """A reference that leads back to itself. Only through a property or an item may a schema contain itself."""
    if "$ref" in part.value and _reaches(description.data, part.value, part.value, frozenset()):
        yield part.at("$ref"), f"`{part.value['$ref']}` leads back to itself"


def _reaches(data: Any, value: Any, goal: Any, seen: frozenset[int]) -> bool:
    if not isinstance(value, dict) or id(value) in seen:
        return False
    ahead = [branch for keyword in references.BRANCHES for branch in value.get(keyword, ())]
    if isinstance(value.get("$ref"), str):
        try:
            ahead.append(references.at(data, references.parse(value["$ref"])))
        except references.DanglingError:
            return False
    return any(item is goal or _reaches(data, item, goal, seen | {id(value)}) for item in ahead)
