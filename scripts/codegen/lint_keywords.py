"""Keywords: misspelt, misplaced, or with a value that the specification does not know."""

from collections.abc import Iterator
from typing import Any

from openapi_schema_validator import OAS31Validator

from codegen import references
from codegen.metaschema import OPENAPI, SPECIFICATIONS, Description, Finding, Part
from codegen.problems import nearest

RETIRED = {"nullable": 'since OpenAPI 3.1 null is a type, `type: [string, "null"]`'}
TYPES = frozenset({"array", "boolean", "integer", "null", "number", "object", "string"})
# The formats of JSON Schema 2020-12 and of the OpenAPI format registry.
FORMATS = frozenset(
    """base64url binary byte char commonmark date date-time date-time-local decimal decimal128 double
    double-int duration email float hostname html http-date idn-email idn-hostname int16 int32 int64 int8 ipv4 ipv6
    iri iri-reference json-pointer media-range password regex relative-json-pointer sf-binary sf-boolean sf-decimal
    sf-integer sf-string sf-token time time-local uint16 uint32 uint64 uint8 uri uri-reference uri-template
    uuid""".split()  # noqa: SIM905  # a list would take a line for each word
)


def unknown_keywords(description: Description) -> Iterator[Finding]:
    """A misspelt keyword is ignored by every reader, and takes what it meant to say with it."""
    for part in description.parts:
        for name in part.value:
            if not part.allows(name):
                hint = f": {RETIRED[name]}" if name in RETIRED else nearest(name, part.names)
                hint = hint or (f": expected `{part.patterns[0]}`" if part.patterns else "")
                yield (*part.pointer, name), f"`{name}` is not a keyword of the {_label(part)}{hint}"


def unknown_types_and_formats(description: Description) -> Iterator[Finding]:
    """An unknown format is ignored by every reader."""
    for part in description.parts:
        if "schema" not in part.kinds:
            continue
        types = part.value.get("type", [])
        for name in types if isinstance(types, list) else [types]:
            if name is None:
                yield (*part.pointer, "type"), 'null must be in quotes here: `"null"`'
            elif name not in TYPES:
                yield (*part.pointer, "type"), f"`{name}` is not a type{nearest(str(name), TYPES)}"
        name = part.value.get("format", "uuid")
        if name not in FORMATS:
            yield (*part.pointer, "format"), f"`{name}` is not a known format{nearest(str(name), FORMATS)}"


def violations_of_the_metaschema(description: Description) -> Iterator[Finding]:
    """What the official meta-schema of OpenAPI 3.1 finds, but for unknown keywords: see above."""
    for error in OAS31Validator(dict(OPENAPI), registry=SPECIFICATIONS).iter_errors(description.data):
        if error.validator == "unevaluatedProperties":
            continue
        while error.context:
            error = min(error.context, key=lambda inner: (inner.validator == "type", len(inner.schema_path)))
        message = error.message
        if error.validator == "type":
            message = f"must be {' or '.join(_listed(error.validator_value))}, is {_kind(error.instance)}"
        yield tuple(error.absolute_path), f"not OpenAPI 3.1: {message}"


def required_without_property(description: Description) -> Iterator[Finding]:
    """A `required` entry that names no property: one of the two is misspelt."""
    for part in description.parts:
        if "schema" not in part.kinds or "required" not in part.value:
            continue
        whole = part.pointer
        while isinstance(whole[-1], int) and whole[-2] in ("allOf", "anyOf", "oneOf"):  # no property of that name
            whole = whole[:-2]
        properties = set(references.properties(description.data, references.at(description.data, whole)))
        for index, name in enumerate(part.value["required"]):
            if name not in properties:
                yield (*part.pointer, "required", index), f"required `{name}` is no property{nearest(name, properties)}"


def _label(part: Part) -> str:
    """As the specification calls it: `Schema Object`, `Path Item Object`."""
    kind = next((kind for kind in part.kinds if kind not in ("specification-extensions", "examples")), "OpenAPI")
    kind = "reference" if "reference" in part.kinds else kind.removesuffix("-or-reference")
    return f"{kind if kind == 'OpenAPI' else kind.replace('-', ' ').title()} Object"


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "a list", str: "a string", bool: "a boolean", type(None): "empty"}
    return names.get(type(value), "a number")
