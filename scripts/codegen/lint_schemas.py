"""Schemas: each must be expressible as one Python type."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from codegen import references
from codegen.document import Pointer
from codegen.metaschema import Description, Finding, Part
from codegen.names import class_name, python_name
from codegen.problems import nearest

# Keywords that do not restrict values, so they are allowed beside alternatives or a reference.
ANNOTATIONS = frozenset(
    """$comment $ref contentEncoding contentMediaType contentSchema deprecated description discriminator example
    examples externalDocs readOnly title writeOnly""".split()  # noqa: SIM905  # a list would take a line for each word
)
KEYWORDS_BY_TYPE: Mapping[str, frozenset[str]] = {
    "string": frozenset({"maxLength", "minLength", "pattern"}),
    "number": frozenset({"exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum", "multipleOf"}),
    "array": frozenset({"items", "maxItems", "minItems", "uniqueItems"}),
    "object": frozenset({"additionalProperties", "properties", "required"}),
}
TYPED_FORMATS = frozenset({"binary", "date", "date-time", "uuid"})


def boolean_schemas(description: Description, _: Part) -> Iterator[Finding]:
    """`true` and `false` as schemas, which are supported only as `additionalProperties`."""
    for part in description.boolean_schemas:
        if part.pointer[-1] != "additionalProperties":
            instead = "use `{}`, which allows anything" if part.value else "remove it"
            yield part.pointer, f"`{str(part.value).lower()}` is not supported as a schema here: {instead}"


def required(description: Description, part: Part) -> Iterator[Finding]:
    """A name in `required` that is not the name of a property."""
    whole = part.pointer
    while isinstance(whole[-1], int) and whole[-2] in references.BRANCHES:  # a branch, not a property of this name
        whole = whole[:-2]
    properties = set(references.properties(description.data, references.at(description.data, whole)))
    for index, name in enumerate(part.value.get("required", ())):
        if name not in properties:
            yield part.at("required", index), f"required `{name}` is not a property{nearest(name, properties)}"


def alternatives(description: Description, part: Part) -> Iterator[Finding]:
    """Keywords that would be dropped beside a reference or alternatives, and parts of `allOf` that are not objects."""
    schema, joined = part.value, part.value.get("allOf", ())
    alone = next((keyword for keyword in ("$ref", "anyOf", "oneOf") if keyword in schema), None)
    if len(joined) == 1 and "$ref" in joined[0]:
        alone, joined = alone or "allOf", ()
    allowed = ANNOTATIONS | {alone} | ({"default"} if alone != "$ref" else set())
    for name in schema if alone else ():
        if name not in allowed and not name.startswith("x-"):
            instead = {"$ref": "use `allOf`", "allOf": "move it to a second part"}.get(alone or "")
            instead = instead or "move it to each alternative"
            yield part.at(name), f"`{name}` beside `{alone}` would be dropped: {instead}"
    for index, branch in enumerate(joined):
        whole = references.follow(description.data, branch)
        is_object = isinstance(whole, dict) and (
            whole.get("type") == "object" or KEYWORDS_BY_TYPE["object"] & whole.keys() or "allOf" in whole
        )
        if not is_object:
            yield part.at("allOf", index), "`allOf` merges objects only: write all keywords in one schema"
        elif whole.get("additionalProperties", True) not in (True, {}):
            yield part.at("allOf", index), "its `additionalProperties` would be dropped: move it beside `allOf`"


def types(_: Description, part: Part) -> Iterator[Finding]:
    """Bounds, formats and patterns without effect."""
    schema = part.value
    kinds = {"number" if name == "integer" else name for name in references.listed(schema.get("type", ()))}
    if not kinds and {"allOf", "properties"} & schema.keys():
        kinds = {"object"}
    for kind, keywords in KEYWORDS_BY_TYPE.items():
        for name in sorted(keywords & schema.keys()) if kind not in kinds else ():
            if name != "required":  # a part of `allOf` may have only a list of required names
                yield part.at(name), f"`{name}` applies to {kind}s: add `type: {kind}`"
    name = schema.get("format")
    if name in TYPED_FORMATS and "string" not in kinds:
        yield part.at("format"), f"`{name}` is a format of strings: add `type: string`"
    elif name == "binary":
        yield (
            part.at("format"),
            "JSON has no bytes: remove the format, and describe how they are encoded",
        )
    if "pattern" in schema:
        try:
            re.compile(schema["pattern"])
        except re.error as error:
            yield part.at("pattern"), f"is not a regular expression: {error}"


def constants(description: Description, part: Part) -> Iterator[Finding]:
    """Values that have no type in Python, or that would be dropped."""
    schema = part.value
    if "const" in schema:
        if not isinstance(schema["const"], (str, int)):
            yield part.at("const"), 'a constant is a string, an integer, true or false; null is `type: "null"`'
        elif "enum" in schema:
            yield part.at("enum"), "`enum` beside `const` would be dropped"
    elif "enum" in schema:
        kinds = {type(value) for value in schema["enum"]} - {type(None)}
        if not schema["enum"]:
            yield part.at("enum"), "is empty: remove it"
        if kinds - {str, int} or len(kinds) > 1:
            instead = "`type: boolean`, or `const`" if bool in kinds else "`anyOf` with a schema for each kind of value"
            yield part.at("enum"), f"values must be all strings or all integers, or null: use {instead}"
    holder = references.at(description.data, part.pointer[:-1])
    is_in_one_value = part.pointer[-1] == "schema" and (holder.get("in") == "header" or holder.get("explode") is False)
    if isinstance(schema.get("default"), (list, dict)) and not is_in_one_value:
        yield part.at("default"), "the default of a list or an object would be dropped: describe it"


def field_names(_: Description, part: Part) -> Iterator[Finding]:
    """Fields that would have the same name in Python."""
    return _together(part.at("properties"), part.value.get("properties", {}), python_name)


def class_names(_: Description, part: Part) -> Iterator[Finding]:
    """Schemas that would have the same name in Python."""
    return _together(part.at("schemas"), part.value.get("schemas", {}), class_name)


def _together(pointer: Pointer, names: Any, made: Callable[[str], str]) -> Iterator[Finding]:
    known: dict[str, str] = {}
    for name in names:
        word = made(name)
        if not word or not name.isprintable():
            yield (*pointer, name), "this name cannot become a name in Python"
        elif word in known:
            yield (*pointer, name), f"`{known[word]}` and `{name}` would both be named `{word}` in Python"
        known.setdefault(word, name)
