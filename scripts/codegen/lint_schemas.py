"""Schemas: each must be expressible as one Python type."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from codegen import references
from codegen.document import Pointer
from codegen.metaschema import Description, Finding
from codegen.names import class_name, python_name

Found = Iterator[tuple[Pointer, str]]

UNIONS = ("anyOf", "oneOf")
# Keywords that narrow nothing, and may stand beside alternatives or a reference.
TELLING = frozenset(
    """$comment $ref contentEncoding contentMediaType contentSchema deprecated description discriminator example
    examples externalDocs readOnly title writeOnly""".split()  # noqa: SIM905  # a list would take a line for each word
)
BELONGS: Mapping[str, frozenset[str]] = {
    "string": frozenset({"maxLength", "minLength", "pattern"}),
    "number": frozenset({"exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum", "multipleOf"}),
    "array": frozenset({"items", "maxItems", "minItems", "uniqueItems"}),
    "object": frozenset({"additionalProperties", "properties", "required"}),
}
TYPED_FORMATS = frozenset({"binary", "date", "date-time", "uuid"})


def what_python_cannot_say(description: Description) -> Iterator[Finding]:
    """Keywords that would be passed over, and values that no type in Python stands for."""
    for part in description.boolean_schemas:
        if part.pointer[-1] != "additionalProperties":
            instead = "`{}` takes anything" if part.value else "leave out what never comes"
            yield part.pointer, f"`{str(part.value).lower()}` is no schema here: {instead}"
    for part in description.parts:
        if "schema" in part.kinds:
            for rule in (_beside, _parts_of_a_whole, _type, _constants):
                for pointer, message in rule(description.data, part.value):
                    yield (*part.pointer, *pointer), message
            if isinstance(part.value.get("default"), (list, dict)) and part.pointer not in lists_in_one_value(
                description
            ):
                yield (*part.pointer, "default"), "the default of a list or an object would be dropped: describe it"


def names_that_fall_together(description: Description) -> Iterator[Finding]:
    """Names that differ in signs or capitals only would be the same in Python."""
    for part in description.parts:
        if "schema" in part.kinds:
            yield from _together((*part.pointer, "properties"), part.value.get("properties", {}), python_name)
    schemas = description.data.get("components", {}).get("schemas", {})
    yield from _together(("components", "schemas"), schemas, class_name)


def _together(pointer: Pointer, names: Any, made: Callable[[str], str]) -> Iterator[Finding]:
    known: dict[str, str] = {}
    for name in names:
        if not made(name) or not name.isprintable():
            yield (*pointer, name), "no name in Python can be made of this one"
        elif made(name) in known:
            yield (
                (*pointer, name),
                f"`{made(name)}` would be the name of `{known[made(name)]}` and of `{name}` in Python",
            )
        known.setdefault(made(name), name)


def lists_in_one_value(description: Description) -> Iterator[Pointer]:
    """The schemas of parameters that are written as one comma-separated value."""
    for part in description.parts:
        is_joined = part.value.get("in") == "header" or part.value.get("explode") is False
        if "parameter" in part.kinds and is_joined:
            yield (*part.pointer, "schema")


def _beside(_: Any, schema: Any) -> Found:
    """Beside a reference or alternatives the generator reads nothing else."""
    joined = schema.get("allOf", ())
    alone = next((keyword for keyword in ("$ref", *UNIONS) if keyword in schema), None)
    if alone is None and len(joined) == 1 and "$ref" in joined[0]:
        alone = "allOf"
    allowed = TELLING | {alone} | ({"default"} if alone != "$ref" else set())
    for name in schema if alone else ():
        if name not in allowed and not name.startswith("x-"):
            instead = "use `allOf`" if alone == "$ref" else "put it into each alternative"
            instead = "put it into a second part" if alone == "allOf" else instead
            yield (name,), f"`{name}` beside `{alone}` would be dropped: {instead}"


def _parts_of_a_whole(data: Any, schema: Any) -> Found:
    joined = schema.get("allOf", ())
    if len(joined) == 1 and "$ref" in joined[0]:
        return
    for index, branch in enumerate(joined):
        whole = references.follow(data, branch)
        is_object = isinstance(whole, dict) and (
            whole.get("type") == "object" or BELONGS["object"] & whole.keys() or "allOf" in whole
        )
        if not is_object:
            yield ("allOf", index), "`allOf` joins objects only: write the keywords into one schema"
        elif whole.get("additionalProperties", True) not in (True, {}):
            yield ("allOf", index), "its `additionalProperties` would be dropped: write it beside `allOf`"


def _type(_: Any, schema: Any) -> Found:
    types = {"number" if name == "integer" else name for name in _listed(schema.get("type", ()))}
    is_object = not types and bool({"allOf", "properties"} & schema.keys())
    for kind, keywords in BELONGS.items():
        if kind not in types and not (kind == "object" and is_object):
            for name in sorted(keywords & schema.keys()):
                # A part of `allOf` may be nothing but a list of required names.
                if name != "required":
                    yield (name,), f"`{name}` is for {kind}s: say `type: {kind}`"
    name = schema.get("format")
    if name in TYPED_FORMATS and "string" not in types:
        yield ("format",), f"`{name}` is a format of strings: say `type: string`"
    elif name == "binary":
        yield ("format",), "JSON has no bytes: leave the format out, and say in the description how they are written"
    if "pattern" in schema:
        try:
            re.compile(schema["pattern"])
        except re.error as error:
            yield ("pattern",), f"is not a regular expression: {error}"


def _constants(_: Any, schema: Any) -> Found:
    if "const" in schema:
        if not isinstance(schema["const"], (str, int)):
            yield ("const",), 'a constant is a string, an integer, true or false; null is `type: "null"`'
        elif "enum" in schema:
            yield ("enum",), "`enum` beside `const` would be dropped"
    elif "enum" in schema:
        kinds = {type(value) for value in schema["enum"]} - {type(None)}
        if not schema["enum"]:
            yield ("enum",), "lists no value: leave it out"
        if kinds - {str, int} or len(kinds) > 1:
            instead = "`type: boolean`, or `const`" if bool in kinds else "`anyOf` with a schema for each kind of value"
            yield ("enum",), f"listed values are all strings or all integers, and null: use {instead}"


def _listed(value: Any) -> list[Any]:
    return [value] if isinstance(value, str) else list(value)
