"""The lint refuses mistakes, and what would be dropped silently, with the line and what to write instead."""

from cases import each
from fragment.small import SMALL, inserted, lint_errors

ALTERNATIVES = "move it to each alternative"
OPERATION = "responses: {'204': {description: x}}"
THING = '{$ref: "#/components/schemas/Thing"'
WRITTEN = "/a:\n  get: {operationId: other, "
QUERY = "- {name: q, in: query, schema: {type: string}, "
WORDS = "{type: array, items: {type: string}, default: [a]}"
TAKEN = "like an argument that every method has: set another name with `x-argument`"
FIELDS = [  # the schema of a field, and the message
    ("{type: aray}", "`aray` is not a type: did you mean `array`?"),
    ("{type: [string, null]}", 'null must be in quotes here: `"null"`'),
    ("{type: string, format: datetime}", "`datetime` is not a known format: did you mean `date-time`?"),
    ("{type: string, nullable: true}", 'Schema Object: since OpenAPI 3.1 null is a type, `type: [string, "null"]`'),
    ('{$ref: "#/components/schemas/Thign"}', "does not exist in this file: did you mean `#/components/schemas/Thing`?"),
    ('{$ref: "other.yaml#/Thing"}', "`other.yaml#/Thing` does not exist in this file"),
    ("{type: string, example: 4}", "does not match the schema: 4 is not of type 'string'"),
    (f"{{type: string, example: {'9' * 300}}}", "99…"),  # truncated to 200 characters
    ("{type: string, enum: [a, 4]}", "does not match the schema: 4 is not of type 'string'"),
    ("{type: string, format: date-time, example: '2025-02-19'}", "'2025-02-19' is not a 'date-time'"),
    ("{type: string, default: 4}", "does not match the schema: 4 is not of type 'string'"),
    ("{type: string, format: binary}", "JSON has no bytes: remove the format"),
    ("{type: integer, format: date}", "`date` is a format of strings: add `type: string`"),
    ("{format: date-time}", "`date-time` is a format of strings: add `type: string`"),
    ("{type: string, pattern: '('}", "is not a regular expression: missing )"),
    ("{minLength: 2}", "`minLength` applies to strings: add `type: string`"),
    ("{type: string, maximum: 2}", "`maximum` applies to numbers: add `type: number`"),
    ("{items: {type: string}}", "`items` applies to arrays: add `type: array`"),
    ("{type: string, additionalProperties: false}", "`additionalProperties` applies to objects: add `type: object`"),
    ("{type: number, enum: [1.5]}", "values must be all strings or all integers, or null"),
    ("{type: boolean, enum: [true]}", "values must be all strings or all integers, or null: use `type: boolean`"),
    ("{enum: [a, 1]}", "values must be all strings or all integers, or null: use `anyOf`"),
    (f"{{anyOf: [{{type: integer}}, {THING}}}], example: {{name: 5}}}}", "does not match the schema"),
    ("{enum: []}", "is empty: remove it"),
    ("{const: a, enum: [a]}", "`enum` beside `const` would be dropped"),
    ("{const: 1.5}", "a constant is a string, an integer, true or false"),
    ("{const: null}", 'a constant is a string, an integer, true or false; null is `type: "null"`'),
    ("{type: array, items: {type: string}, default: [a]}", "the default of a list or an object would be dropped"),
    ("{type: string, anyOf: [{type: string}]}", f"`type` beside `anyOf` would be dropped: {ALTERNATIVES}"),
    ("{oneOf: [{type: string}], enum: [a]}", f"`enum` beside `oneOf` would be dropped: {ALTERNATIVES}"),
    ("{anyOf: [{type: string}], oneOf: [{type: string}]}", "`oneOf` beside `anyOf` would be dropped"),
    ("{allOf: [{type: string}, {minLength: 1, type: string}]}", "`allOf` merges objects only"),
    (THING + ", required: [name]}", "`required` beside `$ref` would be dropped: use `allOf`"),
    (f"{{allOf: [{THING}}}], properties: {{}}}}", "`properties` beside `allOf` would be dropped: move it to a second"),
    ("{allOf: [{}, {type: object, additionalProperties: {type: string}}]}", "`additionalProperties` would be dropped"),
    ("true", "`true` is not supported as a schema here: use `{}`, which allows anything"),
    ("{type: object, properties: {a: false}}", "`false` is not supported as a schema here: remove it"),
    ('{$ref: "#/components/schemas/Thing/properties/name"}', "the target of a reference must be below"),
]
PARAMETERS = [
    ('- {$ref: "#/paths/~1things~1{id}/get/parameters/1"}', "below `components`: move it there"),
    ('- {$ref: "#/components/parameters/None"}', "does not exist in this file"),
    (QUERY + "stile: form}", "`stile` is not a keyword of the Parameter Object: did you mean `style`?"),
    (QUERY + "example: 4}", "does not match the schema: 4 is not of type 'string'"),
    ("- {name: q, in: header, style: matrix, schema: {type: string}}", "not OpenAPI 3.1: 'simple' was expected"),
    ("- {name: q, in: <here>cookie, schema: {type: string}}", "cookies are never sent: remove the parameter"),
    ("- {name: Authorization, in: header, schema: {type: string}}", "`Authorization` is set by the client"),
    ("- {name: X-Key, in: header, schema: {type: string}}", "`X-Key` is set by the client"),
    ("- {name: a b, in: header, schema: {type: string}}", "`a b` cannot be the name of a header"),
    ("- {name: q, in: query, schema: {}}", "a parameter needs a type"),
    ("- {name: q, in: query, schema: {type: object}}", "an object cannot be a parameter"),
    ("- {name: q, in: query, schema: {type: array}}", "the items of a parameter must be scalars: give them a type"),
    (
        "- {name: q, in: query, schema: {type: array, items: {type: array, items: {type: string}}}}",
        "the items of a parameter must be scalars",
    ),
    ("- {name: q, in: query, style: deepObject, schema: {type: string}}", "must have the style `form`"),
    (
        "- {name: q, in: header, schema: {type: array, maxItems: 3, items: {type: string}}}",
        "a list that is sent as one value cannot have this bound: describe it instead",
    ),
    (
        "- {name: q, in: query, explode: false, schema: {type: array, items: {type: string, pattern: x}}}",
        "an item of a list that is sent as one value can only have `minLength: 1`: describe other bounds",
    ),
    (QUERY + "allowReserved: true}", "`allowReserved` is not supported"),
    ("- {name: q, in: query, content: {a/b: {}}}", "`content` is not supported: use `schema`"),
    ('- {name: q, in: header, schema: {type: string, default: "a\\nb"}}', "is not valid in a header"),
    ('- {name: q, in: header, schema: {const: "é"}}', "is not valid in a header"),
    ("- {name: timeout, in: query, schema: {type: string}}", f"its argument would be named `timeout`, {TAKEN}"),
    ("- {name: a.b, in: path, required: true, schema: {type: string}}", "`a.b` is not valid in a path: use letters"),
    ("- {name: p, in: path, required: true, schema: {type: string, default: x}}", "a path parameter has no default"),
    (QUERY + "x-argument: client}", f"its argument would be named `client`, {TAKEN}"),
    (QUERY + "x-argument: id}", "its argument would be named `id`, like the path parameter `id`"),
    (QUERY + "x-argument: two words}", "`two words` cannot be the name of an argument in Python"),
    (QUERY + "x-argument: class}", "`class` cannot be the name of an argument in Python"),
    (
        "- {name: q, in: header, schema: {type: string}}\n<here>- {name: Q, in: header, schema: {type: string}}",
        "header parameter `Q` is declared twice",
    ),
    (QUERY[:-2] + "}\n<here>" + QUERY[:-2] + "}", "query parameter `q` is declared twice"),
]
PLACES = [
    ("document", "sevrers: []", "`sevrers` is not a keyword of the OpenAPI Object: did you mean `servers`?"),
    ("thing", "requried: [a]", "`requried` is not a keyword of the Schema Object: did you mean `required`?"),
    ("thing", "xe: 5", "`xe` is not a keyword of the Schema Object"),
    ("document", "webhooks: {a: {get: {responses: {}}}}", "`webhooks` is not supported: the client receives no calls"),
    ("thing", "required: [nme]", "required `nme` is not a property: did you mean `name`?"),
    ("thing", "required: name", "not OpenAPI 3.1: must be array, is a string"),
    ("schemes", "Other: {type: apiKey, name: k}", "not OpenAPI 3.1: 'in' is a required property"),
    ("response", "headers: {A: {schema: {type: integer}, example: many}}", "'many' is not of type 'integer'"),
    ("paths", f"{WRITTEN}<here>{OPERATION[:-1]}, '40': {{description: y}}}}}}", "expected `^[1-5](?:[0-9]{2}|XX)$`"),
    ("paths", f"{WRITTEN}responses: {{'200': <here>{THING}}}}}}}", "does not refer to a response"),
    ("path item", "servers: []", "`servers` is not supported: callers choose the server with `base_url`"),
    ("operation", "tags: [import]", "`import` cannot be the name of a resource in Python"),
    ("paths", f"/a:\n  get: {{<here>operationId: class, {OPERATION}}}", "cannot be the name of a method: choose"),
    (
        "paths",
        f"/a:\n  get: {{operationId: get_default, {OPERATION}}}\n/b:\n  get: {{<here>operationId: get, {OPERATION}}}",
        "operationId `get` gives the same name as `get_default`",
    ),
    ("document", "security: [{Key: [], <here>Key2: []}]", "`Key2` is an unknown security scheme: did you mean `Key`?"),
    ("operation", "requestBody: {content: {}}", "`requestBody` is not supported: the client only sends GET"),
    ("operation", "tags: [a, b]", "an operation belongs to one resource: give it one tag"),
    ("paths", "/a/{b}: {x-one: 1}\n<here>/a/{c}: {x-two: 2}", "this path differs from `/a/{b}` only in"),
    ("paths", f"/a:\n  <here>get: {{{OPERATION}}}", "GET /a has no operationId: it names the generated function"),
    ("paths", f"<here>/a/{{b}}:\n  get: {{operationId: other, {OPERATION}}}", "`{b}` is an undeclared path parameter"),
    (
        "paths",
        f"/a:\n  get:\n    operationId: other\n    {OPERATION}\n    parameters:\n"
        "      <here>- {name: b, in: path, required: true, schema: {type: string}}",
        "path parameter `b` is not in the path `/a`",
    ),
    ("paths", WRITTEN + "<here>responses: {default: {description: x}}}", "declare a status from 200"),
    ("paths", f"/a:\n  <here>post: {{operationId: other, {OPERATION}}}", "is not supported: the client only sends GET"),
    ("paths", f"a:\n  get: {{operationId: other, {OPERATION}}}", "is not a keyword of the Paths Object: expected `^/`"),
    ("paths", f"/a?b=c:\n  get: {{operationId: other, {OPERATION}}}", "write a query as parameters"),
    (
        "paths",
        "/a/{b}:\n  get:\n    operationId: other\n    parameters: [{name: b, in: path, required: true, schema: "
        f"<here>{{type: number}}}}]\n    {OPERATION}",
        "a value in a path is a string or an integer",
    ),
    (
        "paths",
        f"{WRITTEN}<here>responses: {{'200': {{description: x, content: {{text/csv: {{}}}}}}}}}}",
        "the client reads JSON only: declare `application/json`",
    ),
    ("schemes", "Other: {type: apiKey, in: query, name: key}", "a credential is an API key in a header"),
    ("schemes", "Other: {type: http, scheme: basic}", "a credential is an API key in a header, or a bearer token"),
    ("fields", '"@name": {type: string}', "`name` and `@name` would both be named `name`"),
    ("fields", '"@": {type: string}', "this name cannot become a name in Python"),
    ("fields", '"a\\tb": {type: string}', "this name cannot become a name in Python"),
    ("schemas", "thing: {type: object}", "`Thing` and `thing` would both be named `Thing`"),
    (
        "components",
        'headers:\n  B: {schema: {type: string}}\n  A: {<here>$ref: "#/components/headers/B"}',
        "a component cannot be a reference",
    ),
]
VALID = [
    ("fields", "a: {x-note: {any: thing}, type: string}"),
    ("operation", "x-note: [1]"),
    ("schemes", "Token: {type: http, scheme: Bearer}"),  # the names of HTTP's schemes have no case
    ("parameters", f"- {{name: p, in: header, schema: {WORDS}}}"),
    ("parameters", f"- {{name: p, in: query, explode: false, schema: {WORDS}}}"),
    ("schemas", 'Whole: {allOf: [{$ref: "#/components/schemas/Thing"}, {type: object, required: [name]}]}'),
    (
        "schemas",
        'Whole:\n  allOf: [{$ref: "#/components/schemas/Thing"}, {type: object}]\n'
        '  properties: {part: {$ref: "#/components/schemas/Thing", description: A part.}}',
    ),
    # Recursion through a property or an item is finite.
    ("fields", 'children: {type: array, items: {$ref: "#/components/schemas/Thing"}}'),
]


@each(("place", "text"), [("fields", ""), *VALID])
def test_a_valid_fragment_passes(tmp_path, place, text):
    """The small fragment itself passes, so each error of the other tests comes from the inserted text."""
    assert lint_errors(tmp_path, inserted(place, text)[0]) == []


@each(
    ("place", "text", "message"),
    [("fields", f"odd: {text}", message) for text, message in FIELDS]
    + [("parameters", text, message) for text, message in PARAMETERS]
    + PLACES,
)
def test_a_mistake_is_refused(tmp_path, place, text, message):
    """The error has the file, the line, what is wrong and what would be right."""
    source, line = inserted(place, text)
    lines = lint_errors(tmp_path, source)

    assert any(each.startswith(f"it.yaml:{line}: ") and message in each for each in lines), lines


def test_all_mistakes_are_reported_each_once(tmp_path):
    """Mistakes are listed from top to bottom; the meta-schema does not report a misspelt keyword again."""
    source = inserted("fields", "a: {type: string, formt: date}")[0].replace("# info", "contact: {nme: x, url: y}")
    lines = lint_errors(tmp_path, source)

    assert [line.split(": ", 1)[1].split(" is not")[0] for line in lines] == ["`nme`", "`formt`"]


def test_each_reference_of_a_cycle_is_reported(tmp_path):
    """Each reference within a cycle of schemas is reported, but none that leads into it from outside."""
    schemas = {"One": "Two", "Two": "One", "Outside": "One"}
    cycle = [f'{one}: {{allOf: [{{$ref: "#/components/schemas/{two}"}}]}}' for one, two in schemas.items()]
    lines = lint_errors(tmp_path, inserted("schemas", "\n".join(cycle))[0])

    assert [line.split(": ", 1)[1] for line in lines if "leads back" in line] == [
        "`#/components/schemas/Two` leads back to itself",
        "`#/components/schemas/One` leads back to itself",
    ]


def test_two_credentials_in_one_alternative_are_refused(tmp_path):
    """A request sends only one credential, so an alternative with two is refused."""
    source, _ = inserted("schemes", "Token: {type: http, scheme: bearer}")
    lines = lint_errors(tmp_path, source.replace("# operation\n", "security: [{Key: [], Token: []}]\n"))

    assert lines == ["it.yaml:13: only one credential is sent: make each scheme a separate alternative"]


@each("source", ["[]", "text", "openapi: 3.1.0", SMALL.replace("3.1.0", "3.0.3")])
def test_a_document_that_is_not_openapi_3_1_is_refused(tmp_path, source):
    """A list, a string, a document without content and another version of OpenAPI are refused."""
    assert lint_errors(tmp_path, source)[0].startswith("it.yaml:1: not OpenAPI 3.1: ")
