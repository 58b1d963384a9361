"""The lint refuses what the generator and other readers pass over in silence."""

import re
from collections.abc import Callable

from cases import each

Complaints = Callable[..., list[str]]


@each(
    ("old", "new", "said"),
    [
        (
            "      operationId: retrieve_model\n",
            "",
            "GET /v1/models/{model_id} has no operationId: it names the generated function",
        ),
        ("  /v1/models/{model_id}:", "  v1/models/{model_id}:", "is not a keyword of the Paths Object: expected `^/`"),
        ("      name: model_id", "      name: model", "`{model_id}` is no declared path parameter"),
        (
            "      name: model_id",
            "      name: model",
            "path parameter `model` does not stand in the path `/v1/models/{",
        ),
        ("paths:\n", "webhooks: {}\npaths:\n", "webhooks are left out by the generator"),
        ("    get:\n", "    servers: []\n    get:\n", "servers of a path are ignored by the generator"),
        (
            '        - $ref: "#/components/parameters/AnthropicBetas"\n',
            '        - $ref: "#/components/parameters/AnthropicBetas"\n'
            '        - $ref: "#/components/parameters/AnthropicBetas"\n',
            "header parameter `anthropic-beta` is declared twice",
        ),
        (
            "      responses:\n",
            "      requestBody: { content: { multipart/form-data: { schema: { type: object } } } }\n      responses:\n",
            "the templates of this project do not write multipart bodies",
        ),
        (
            "      responses:\n",
            "      callbacks: {}\n      responses:\n",
            "callbacks are left out by the generator",
        ),
        (
            '          $ref: "#/components/schemas/ErrorDetail"\n',
            '          $ref: "#/components/schemas/ErrorDetail"\n          properties: { more: {} }\n',
            "`properties` beside `$ref` is dropped by the generator: use `allOf`",
        ),
        (
            '          $ref: "#/components/schemas/ErrorDetail"\n',
            '          allOf: [{ $ref: "#/components/schemas/ErrorDetail" }]\n          properties: { more: {} }\n',
            "properties beside a union or a single reference are dropped by the generator: put them into `allOf`",
        ),
        (
            '          $ref: "#/components/schemas/ErrorDetail"\n',
            "          anyOf: [{ type: object }, { type: string }]\n          properties: { more: {} }\n",
            "properties beside a union or a single reference are dropped by the generator: put them into `allOf`",
        ),
        (
            '          $ref: "#/components/schemas/ErrorDetail"\n',
            "          type: object\n          properties: { cls: {} }\n",
            "a property `cls` would break the generated model",
        ),
        (
            "      parameters:\n",
            "      parameters:\n        - { name: Headers, in: query, schema: { type: string } }\n",
            "a parameter `Headers` would break the generated function",
        ),
        (
            "      parameters:\n",
            "      parameters:\n        - { name: q, in: query, content: { application/json: {} } }\n",
            "a parameter with `content` is left out by the generator: use `schema`",
        ),
        (
            "      parameters:\n",
            "      parameters:\n        - { name: q, in: query, style: deepObject, schema: { type: object } }\n",
            "the generator does not write this style",
        ),
        (
            "paths:\n",
            "paths:\n  /v1/x:\n    get: { operationId: retrieveModel, responses: { default: { description: x } } }\n",
            "operationId `retrieve_model` is taken already, by `retrieveModel`",
        ),
    ],
)
def test_what_no_reader_would_notice_is_refused(complaints: Complaints, old: str, new: str, said: str) -> None:
    """Faults that the generator would pass over in silence."""
    (line,) = [line for line in complaints(old, new) if said in line] or [""]

    assert re.match(r"models\.yaml:[1-9]\d*: ", line)
