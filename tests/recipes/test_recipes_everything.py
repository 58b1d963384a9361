"""One fragment with every construct that works: its operations are called, and docs/fragment.md is correct."""

import shutil
from typing import Any

import pytest
from codegen.metaschema import Description
from fragment.page import OBJECTS, table
from recipes.conftest import EVERYTHING
from regeneration.copies import changed, result_of

pytestmark = pytest.mark.timeout(240)  # the first test regenerates for all of them
PACKAGE = "generated/anthropic_models_api"
BODY = EVERYTHING["paths"]["/things/{id}/{number}"]["get"]["responses"]["200"]["content"]["application/json"]
BODY = BODY["examples"]["full"]["value"]
THINGS = """
import datetime, uuid, httpx
from anthropic_models import Anthropic
body, = map(json.loads, sys.argv[1:])
sent = []
def reply(request):
    sent.append([request.url.raw_path.decode(), {k: v for k, v in request.headers.items() if k[:2] == "x-"}])
    del sent[-1][1]["x-api-key"], sent[-1][1]["x-stainless-retry-count"]
    if request.url.path == "/ping":
        return httpx.Response(204)
    return httpx.Response(200, json=[body, None] if request.url.path == "/things" else body)
client = Anthropic(api_key="k", base_url="http://host", http_client=httpx.Client(transport=httpx.MockTransport(reply)))
UTC = datetime.timezone.utc
least = {"needed": False, "x_always": "yes"}
thing = client.things.get("a/b", 7, **least)
client.things.get("ab", 9, needed=True, order="up", since=datetime.datetime(2026, 1, 1, tzinfo=UTC),
    day=datetime.date(2026, 1, 2), key=uuid.UUID(int=1), share=0.5, kinds=["a", "b"], joined=["c", "d"], either="xy",
    limit=30, labels=["on", "new"], x_count=3, x_exact=False, x_share=1.5, x_version="2", x_always="yes")
refused = []
for wrong in ({"share": 1}, {"share": 0},
              {"limit": 15}, {"either": "y"}, {"order": "left"}, {"since": "today"}, {"kinds": "a"},
              {"since": datetime.datetime(2026, 1, 1)}, {"x_exact": 1}, {"labels": "on"}, {"needed": None},
              {"x_states": ["on", "left"]}, {"x_always": "no"}, {"id": "a"}, {"number": 0}, {"number": "7"},
              {"timeout": -1}, {"extra_headers": {"a": "\\n"}}):
    try:
        client.things.get(**{"id": "ab", "number": 7, **least, **wrong})
    except (TypeError, ValueError) as error:
        refused.append(f"{type(error).__name__}: {error}")
things = client.things.list(after="x")
read = [thing.live, type(thing.count).__name__, thing.by_name["x"].made_at.year, thing.scores["y"],
    thing.day.isoformat(), thing.key.hex, type(thing.shape).__name__, type(thing.any_shape[0]).__name__,
    thing.nested.deep.flag, thing.tree.children[0].children, thing.kind, thing.class_, thing.max_size, thing.quoted,
    thing.level, thing.later]
listed = [things[0] == thing, things[1], client.default.list()]
print(json.dumps([sent, refused, thing.to_dict(mode="json"), listed, read]))
"""


def test_every_bound_is_in_the_types(copy):
    """Every bound is in the annotations, even one of 0."""
    code = "".join(path.read_text(encoding="utf-8") for path in (copy.folder / PACKAGE).rglob("*.py"))
    bounds = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength"]

    assert [
        each for each in (*bounds, "pattern", "minItems", "maxItems", "uniqueItems") if f"{each}=" not in code
    ] == []


def test_its_operations_are_called(copy):
    """Arguments are encoded as OpenAPI defines, invalid ones are refused, and responses have the declared types."""
    sent, refused, again, listed, read = result_of(copy.folder, THINGS, BODY)
    always = {"x-version": "1", "x-always": "yes", "x-quoted": "a \"b\" \\c {d} 'e'"}

    assert sent[0] == ["/things/a%2Fb/7?needed=false&page-size=20", always]
    assert sent[1][0].partition("?")[2] == (
        "needed=true&order=up&since=2026-01-01T00%3A00%3A00Z&day=2026-01-02&key=00000000-0000-0000-0000-000000000001"
        "&share=0.5&kinds=a&kinds=b&joined=c%2Cd&either=xy&page-size=30"
    )
    labels = {"x-tags": "on,new", "x-count": "3", "x-exact": "false", "x-share": "1.5", "x-version": "2"}
    assert sent[1][1] == {**always, **labels}
    assert [each[0] for each in sent[2:]] == ["/things?after=x", "/ping"]
    assert refused[:16] == [
        "BoundsError: `share`: expected exclusiveMaximum 1, exclusiveMinimum 0, got 1",
        "BoundsError: `share`: expected exclusiveMaximum 1, exclusiveMinimum 0, got 0",
        "BoundsError: `limit`: expected minimum 1, multipleOf 10, got 15",
        "BoundsError: `either`: expected pattern ^x, got 'y'",
        "TypeError: `order`: expected 'down' or 'up', got 'left'",
        "TypeError: `since`: expected an RFC 3339 date-time, got 'today'",
        "TypeError: `kinds`: expected an array, got 'a'",
        "TypeError: `since`: expected an RFC 3339 date-time, got datetime",
        "TypeError: `x_exact`: expected true or false, got 1",
        "TypeError: `labels` must be a list of strings, not str",
        "TypeError: `needed`: expected true or false, got None",
        "TypeError: `x_states`[1]: expected 'off' or 'on', got 'left'",
        "TypeError: `x_always`: expected 'yes', got 'no'",
        "BoundsError: `id`: expected minLength 2, got 'a'",
        "BoundsError: `number`: expected maximum 9, minimum 1, got 0",
        "TypeError: `number`: expected an integer, got '7'",
    ]
    assert [line.split("`")[1] for line in refused[16:]] == ["timeout", "extra_headers['a']"]
    assert (again, listed) == ({**BODY, "count": 3}, [True, None, None])
    key = "12345678123456781234567812345678"
    assert read[:10] == [True, "int", 2026, 1.5, "2026-01-03", key, "Circle", "Square", None, []]
    assert read[10:] == [BODY["@kind"], "c", 5, "a \"b\" \\c {d} 'e'\n", None, {"kept": [True]}]


def _bare(value: Any, words: dict[str, set[str]], parts: dict[int, set[str]]) -> Any:
    """A part of the fragment without the keywords that have no effect."""
    if isinstance(value, list):
        return [_bare(item, words, parts) for item in value]
    if not isinstance(value, dict):
        return value
    gone = set().union(*(words.get(kind, set()) for kind in parts.get(id(value), ())))
    return {name: _bare(item, words, parts) for name, item in value.items() if name not in gone}


def test_keywords_without_effect_change_nothing(copy, tmp_path):
    """Without the keywords that the page lists as such, the code is the same (OpenAPI requires two, which are kept)."""
    words = {
        name or "openapi": {word for word, outcome in table(title).items() if outcome == "no effect"}
        for title, name in OBJECTS.items()
    }
    words["response"].remove("description")
    words["info"].remove("version")

    def strip(fragment: Any) -> None:
        kinds = {id(part.value): {*part.kinds} for part in Description(fragment).parts}
        kinds[id(fragment)] = {"openapi"}
        stripped = _bare(fragment, words, kinds)
        fragment.clear()
        fragment.update(stripped)

    before = copy.folder / PACKAGE
    shutil.copytree(copy.folder, tmp_path / "copy")
    after = changed(tmp_path / "copy", strip) / PACKAGE

    assert {path.relative_to(before): path.read_text("utf-8") for path in before.rglob("*.py")} == {
        path.relative_to(after): path.read_text("utf-8") for path in after.rglob("*.py")
    }
