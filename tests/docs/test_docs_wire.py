"""The page about the HTTP API states what the fragment states."""

import json
from pathlib import Path

import wire_page
from facts import FRAGMENT, read_yaml

EVERYTHING = Path(__file__).parents[1] / "fragment" / "data" / "everything.yaml"


def test_the_page_lists_everything_that_concerns_callers():
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


def test_constructs_that_the_fragment_lacks_are_shown_too():
    """Lists, alternatives, headers, limits, nested objects, missing summaries and multi-line descriptions are shown."""
    document = read_yaml(EVERYTHING)
    row = {"type": "integer", "minimum": 1, "description": "Left|right,\nas you enter."}
    document["components"]["schemas"]["Model"]["properties"]["place"] = {"type": "object", "properties": {"row": row}}
    page = "\n\n".join(wire_page.page(document))

    for line in (
        "## list_things",
        "| Token | header `Authorization: Bearer …` |  |",
        "| `since` | query | string or null (date-time) |  |  |",
        "| `share` | query | number |  | `exclusiveMinimum: 0`, `exclusiveMaximum: 1` |",
        '=== "2XX"',
        "    Body: array of [Thing](#thing) or null, `application/vnd.things+json`",
        "    | `x-left` | integer | How many are left. |",
        '| `kind` | `"circle"` | yes |  |',
        "| `place.row` | integer |  | Left\\|right, as you enter. `minimum: 1` |",
    ):
        assert f"\n{line}\n" in page, line
