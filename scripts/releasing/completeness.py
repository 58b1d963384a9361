"""What the fragment still lacks for a release: descriptions, examples, and fields that no example shows."""

from collections.abc import Iterator
from typing import Any

from codegen import references
from codegen.document import Document, Pointer
from codegen.metaschema import Description, Finding, Part
from codegen.problems import Problem

DESCRIBED = frozenset({"header", "operation", "parameter", "response"})
WITH_EXAMPLE = frozenset({"header", "media-type", "parameter"})


def missing(document: Document) -> list[Problem]:
    """One problem for each gap, in the order of the lines, of a fragment that has passed the lint."""
    shown: dict[Pointer, bool] = {}
    findings: set[Finding] = set()
    for part in Description(document.data).parts:
        findings.update(_gaps(part))
        if "media-type" in part.kinds:
            values = [value for _, value in references.examples(document.data, part.pointer, part.value)]
            if values:
                _show(document.data, (*part.pointer, "schema"), values, shown)
    findings |= {(place, f"no example shows `{place[-1]}`: add it to one") for place in shown if not shown[place]}
    return sorted(document.problem(pointer, message) for pointer, message in findings)


def _gaps(part: Part) -> Iterator[Finding]:
    if "$ref" in part.value:
        return
    is_named_schema = "schema" in part.kinds and part.pointer[-2] in ("properties", "schemas")
    if (is_named_schema or DESCRIBED & set(part.kinds)) and not str(part.value.get("description", "")).strip():
        yield part.pointer, f"`{part.pointer[-1]}` has no description: write one in words of your own"
    if WITH_EXAMPLE & set(part.kinds) and not {"example", "examples"} & part.value.keys():
        yield part.pointer, f"`{part.pointer[-1]}` has no example: add one"


def _show(data: Any, pointer: Pointer, values: list[Any], shown: dict[Pointer, bool]) -> None:
    """Record for each field of the schema, at any depth, whether one of the values has it."""
    try:
        schema = references.at(data, pointer)
    except references.DanglingError:
        return
    below: list[tuple[Pointer, list[Any]]] = []
    for name in schema.get("properties", ()):
        place, found = (*pointer, "properties", name), [v[name] for v in values if isinstance(v, dict) and name in v]
        shown[place] = shown.get(place, False) or bool(found)
        below += [(place, found)] if found else []
    lists = [value for value in values if isinstance(value, list)]
    if lists and "items" in schema:  # also if all are empty: then no example shows an item
        below.append(((*pointer, "items"), [item for value in lists for item in value]))
    for keyword in ("allOf", "anyOf", "oneOf"):
        below += [((*pointer, keyword, index), values) for index in range(len(schema.get(keyword, ())))]
    if "$ref" in schema:
        below.append((references.parse(schema["$ref"]), values))
    for place, found in below:
        _show(data, place, found, shown)
