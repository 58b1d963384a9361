"""The page about the HTTP API says what the fragment says."""

import json

import wire_page
import yaml
from facts import FRAGMENT

RICHER = """
openapi: 3.1.0
info: {title: Shelves, version: "7"}
servers: [{url: "https://api.example"}]
security: [{Key: []}]
paths:
  /shelves:
    parameters: [{name: room, in: query, schema: {type: [string, "null"], pattern: a|b}}]
    get:
      operationId: list_shelves
      responses:
        "200":
          description: "The shelves,\\nall of them."
          content:
            application/json:
              schema: {type: array, items: {$ref: "#/components/schemas/Shelf"}}
              example: []
        "404": {description: No such room.}
components:
  securitySchemes: {Key: {type: apiKey, in: header, name: x-key}}
  schemas:
    Shelf:
      type: object
      required: [place]
      properties:
        place: {type: object, properties: {row: {type: integer, minimum: 1}}}
        label: {anyOf: [{type: string}, {type: "null"}]}
    Anything: {}
"""


def test_the_page_has_all_that_callers_meet():
    """Each path, parameter, status, example, schema, field and known value of the fragment is on the page."""
    components = FRAGMENT["components"]
    expected = {f"GET {path}" for path in FRAGMENT["paths"]}
    expected |= {f"| `{each['name']}` | {each['in']} |" for each in components["parameters"].values()}
    for item in FRAGMENT["paths"].values():
        expected |= {f'=== "{status}"' for status in item["get"]["responses"]}
    for name, schema in components["schemas"].items():
        expected |= {f"### {name}\n", *(f"\n| `{field}` | " for field in schema.get("properties", ()))}
        expected |= {f"\n- `{value}`\n" for value in schema.get("enum", ())}
    for response in components["responses"].values():
        expected.add(json.dumps(response["content"]["application/json"]["example"]["error"]["message"]))
    page = "\n\n".join(wire_page.page(FRAGMENT))

    assert {each for each in expected if each not in page} == set()


def test_other_constructs_are_shown_as_well():
    """Common security and parameters, lists, objects in objects, types that may be null, and limits."""
    page = "\n\n".join(wire_page.page(yaml.safe_load(RICHER)))

    for line in (
        "## list_shelves",
        "| Key | header `x-key` |  |",
        r'| `room` | query | string or null |  | `pattern: "a\|b"` |',
        "    The shelves, all of them.",
        "    Body: array of [Shelf](#shelf), `application/json`",
        '=== "404"',
        "| `place` | object | yes |  |",
        "| `place.row` | integer |  | `minimum: 1` |",
        "| `label` | string or null |  |  |",
        "### Anything",
    ):
        assert f"\n{line}\n" in page, line
