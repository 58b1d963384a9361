"""Valid OpenAPI that neither the generator nor the client supports: refused, with what to write instead.

docs/fragment.md has the whole table; a test compares it with this one.
"""

from collections.abc import Iterator, Mapping

from codegen.metaschema import Description, Finding

NOT_FOUND_BY = "references find schemas by their place: write it below `components/schemas`, and refer to it there"
BY_HAND = "it is not checked: say it in the description"
BASE_URL = "callers choose the server by `base_url`"
IN_PLACE = "write the path in place, below `paths`"
ONE_DIALECT = "schemas are read as OpenAPI 3.1 has them: leave it out"
NO_CALLS = "the client receives no calls: leave it out"
READ_ONLY = "the client only reads: an operation is a `get` without a body"

REFUSED: Mapping[str, Mapping[str, str]] = {
    "openapi": {"jsonSchemaDialect": ONE_DIALECT, "webhooks": NO_CALLS},
    "components": {"callbacks": NO_CALLS, "pathItems": IN_PLACE, "requestBodies": READ_ONLY},
    "server": {"variables": f"{BASE_URL}: write the whole URL"},
    "path-item": {
        **dict.fromkeys(("delete", "head", "options", "patch", "post", "put", "trace"), READ_ONLY),
        "$ref": IN_PLACE,
        "servers": BASE_URL,
    },
    "operation": {"callbacks": NO_CALLS, "requestBody": READ_ONLY, "servers": BASE_URL},
    "parameter": {"content": "only `schema` says how a parameter is written"},
    "security-scheme": dict.fromkeys(("flows", "openIdConnectUrl"), "a credential is an API key or a bearer token"),
    "media-type": {"encoding": READ_ONLY},
    "schema": {
        **dict.fromkeys(("$anchor", "$defs", "$dynamicAnchor", "$dynamicRef", "$id", "definitions"), NOT_FOUND_BY),
        **dict.fromkeys(("$recursiveAnchor", "$recursiveRef"), NOT_FOUND_BY),
        **dict.fromkeys(("$schema", "$vocabulary"), ONE_DIALECT),
        **dict.fromkeys(("contains", "maxContains", "minContains", "maxProperties", "minProperties"), BY_HAND),
        **dict.fromkeys(("dependencies", "dependentRequired", "dependentSchemas", "if", "then", "else"), BY_HAND),
        "not": BY_HAND,
        "patternProperties": "names are not matched: use `additionalProperties`",
        "prefixItems": "every item has one type here: use `items`, with `anyOf` if there are several",
        "propertyNames": "names are not matched: say it in the description",
        "unevaluatedItems": "use `items`",
        "unevaluatedProperties": "use `additionalProperties`",
        "xml": "the client reads JSON: leave it out",
    },
}


def refused_keywords(description: Description) -> Iterator[Finding]:
    """A keyword that would be ignored silently."""
    for part in description.parts:
        kinds = {kind.removesuffix("-or-reference") for kind in part.kinds} if part.pointer else {"openapi"}
        for kind in kinds & REFUSED.keys():
            for keyword in part.value.keys() & REFUSED[kind].keys():
                yield (*part.pointer, keyword), f"`{keyword}` is not supported: {REFUSED[kind][keyword]}"
