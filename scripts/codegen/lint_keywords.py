"""Keywords that are misspelt, have an unknown value, or are not supported.

docs/fragment.md has the whole table; a test compares it with the one here.
"""

from collections.abc import Iterator, Mapping

from openapi_schema_validator import OAS31Validator

from codegen.metaschema import OPENAPI, SPECIFICATIONS, Description, Finding, Part
from codegen.problems import nearest
from codegen.references import METHODS, listed

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
NOT_FOUND_BY = "references use paths: move the schema to `components/schemas`, and refer to it there"
BY_HAND = "it would not be checked: write it in the description"
BASE_URL = "callers choose the server with `base_url`"
IN_PLACE = "write the path item inline, below `paths`"
ONE_DIALECT = "schemas are in the dialect of OpenAPI 3.1: remove it"
NO_CALLS = "the client receives no calls: remove it"
READ_ONLY = "the client only sends GET requests without a body"
# Valid OpenAPI that neither the generator nor the client supports, with what to write instead.
REFUSED: Mapping[str, Mapping[str, str]] = {
    "openapi": {"jsonSchemaDialect": ONE_DIALECT, "webhooks": NO_CALLS},
    "components": {"callbacks": NO_CALLS, "pathItems": IN_PLACE, "requestBodies": READ_ONLY},
    "server": {"variables": f"{BASE_URL}: write the whole URL"},
    "path-item": {
        **dict.fromkeys((method for method in METHODS if method != "get"), READ_ONLY),
        "$ref": IN_PLACE,
        "servers": BASE_URL,
    },
    "operation": {"callbacks": NO_CALLS, "requestBody": READ_ONLY, "servers": BASE_URL},
    "parameter": {"content": "use `schema`"},
    "security-scheme": dict.fromkeys(("flows", "openIdConnectUrl"), "a credential is an API key or a bearer token"),
    "media-type": {"encoding": READ_ONLY},
    "schema": {
        **dict.fromkeys(("$anchor", "$defs", "$dynamicAnchor", "$dynamicRef", "$id", "definitions"), NOT_FOUND_BY),
        **dict.fromkeys(("$recursiveAnchor", "$recursiveRef"), NOT_FOUND_BY),
        **dict.fromkeys(("$schema", "$vocabulary"), ONE_DIALECT),
        **dict.fromkeys(("contains", "maxContains", "minContains", "maxProperties", "minProperties"), BY_HAND),
        **dict.fromkeys(("dependencies", "dependentRequired", "dependentSchemas", "if", "then", "else"), BY_HAND),
        "not": BY_HAND,
        "patternProperties": "names are not checked: use `additionalProperties`",
        "prefixItems": "every item has one type here: use `items`, with `anyOf` if there are several",
        "propertyNames": "names are not checked: write it in the description",
        "unevaluatedItems": "use `items`",
        "unevaluatedProperties": "use `additionalProperties`",
        "xml": "the client reads JSON: remove it",
    },
}


def unknown(_: Description, part: Part) -> Iterator[Finding]:
    """A misspelt keyword, or an unknown type or format; tools ignore these."""
    for name in part.value:
        if not part.allows(name):
            hint = f": {RETIRED[name]}" if name in RETIRED else nearest(name, part.names)
            hint = hint or (f": expected `{part.patterns[0]}`" if part.patterns else "")
            label = "OpenAPI" if part.kind == "openapi" else part.kind.replace("-", " ").title()
            yield part.at(name), f"`{name}` is not a keyword of the {label} Object{hint}"
    if part.kind == "schema":
        for name in listed(part.value.get("type", [])):
            if name is None:
                yield part.at("type"), 'null must be in quotes here: `"null"`'
            elif name not in TYPES:
                yield part.at("type"), f"`{name}` is not a type{nearest(str(name), TYPES)}"
        name = part.value.get("format", "uuid")
        if name not in FORMATS:
            yield part.at("format"), f"`{name}` is not a known format{nearest(str(name), FORMATS)}"


def refused(_: Description, part: Part) -> Iterator[Finding]:
    """A valid keyword that would be ignored silently."""
    instead = REFUSED.get(part.expected, {})
    for keyword in part.value.keys() & instead.keys():
        yield part.at(keyword), f"`{keyword}` is not supported: {instead[keyword]}"


def violations(description: Description) -> Iterator[Finding]:
    """The violations of the official meta-schema of OpenAPI 3.1, except unknown keywords, which `unknown` reports."""
    kinds = {dict: "an object", list: "a list", str: "a string", bool: "a boolean", type(None): "empty"}
    for error in OAS31Validator(dict(OPENAPI), registry=SPECIFICATIONS).iter_errors(description.data):
        if error.validator == "unevaluatedProperties":
            continue
        while error.context:
            error = min(error.context, key=lambda inner: (inner.validator == "type", len(inner.schema_path)))
        message = error.message
        if error.validator == "type":
            is_ = kinds.get(type(error.instance), "a number")
            message = f"must be {' or '.join(listed(error.validator_value))}, is {is_}"
        yield tuple(error.absolute_path), f"not OpenAPI 3.1: {message}"
