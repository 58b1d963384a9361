"""Every construct that works, and all that the newest official client knows, in one fragment.

Its output is typed strictly, called, and held to the fragment.
"""

import copy as copies
from pathlib import Path
from typing import Any

import pytest
import yaml
from fragment.page import OBJECTS, table
from regeneration.copies import ROOT, complaints_of_mypy, complaints_of_pyright, regenerated, result_of

pytestmark = pytest.mark.timeout(240)  # a copy is generated and type-checked, perhaps beside other work
PACKAGE = "generated/anthropic_models_api"
EVERYTHING = yaml.safe_load((ROOT / "tests" / "fragment" / "data" / "everything.yaml").read_text(encoding="utf-8"))
BODY = EVERYTHING["paths"]["/things/{id}/{number}"]["get"]["responses"]["200"]["content"]["application/json"]
BODY = BODY["examples"]["full"]["value"]
THINGS = """
import datetime, uuid, httpx
from anthropic_models import Anthropic
body, = map(json.loads, sys.argv[1:])
sent = []
def answer(request):
    sent.append([request.url.raw_path.decode(), {k: v for k, v in request.headers.items() if k[:2] == "x-"}])
    del sent[-1][1]["x-api-key"], sent[-1][1]["x-stainless-retry-count"]
    if request.url.path == "/ping":
        return httpx.Response(204)
    return httpx.Response(200, json=[body, None] if request.url.path == "/things" else body)
client = Anthropic(api_key="k", base_url="http://host", http_client=httpx.Client(transport=httpx.MockTransport(answer)))
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
              {"x_states": ["on", "left"]}, {"x_always": "no"}, {"id": "a"}, {"number": 0}, {"number": "7"}):
    try:
        client.things.get(**{"id": "ab", "number": 7, **least, **wrong})
    except (TypeError, ValueError) as error:
        refused.append(f"{type(error).__name__}: {error}")
things = client.things.list(after="x")
read = [thing.live, type(thing.count).__name__, thing.by_name["x"].made_at.year, thing.scores["y"],
    thing.day.isoformat(), thing.key.hex, type(thing.shape).__name__, type(thing.any_shape[0]).__name__,
    thing.nested.deep.flag, thing.tree.children[0].children, thing.kind, thing.class_, thing.max_size, thing.quoted,
    thing.level, thing.later]
listed = [things[0] == thing, things[1], client.default.ping()]
print(json.dumps([sent, refused, thing.to_dict(mode="json"), listed, read]))
"""
NEWEST = yaml.safe_load((Path(__file__).with_name("data") / "newest.yaml").read_text(encoding="utf-8"))
KNOWN = [{"$ref": f"#/components/parameters/{name}"} for name in ("ModelId", "AnthropicVersion", "AnthropicBetas")]
SUPPORTED = {"supported": True}
MODEL: dict[str, Any] = {
    "id": "m",
    "created_at": "2026-01-01T00:00:00Z",
    "display_name": "M",
    "type": "model",
    "capabilities": {
        "batch": SUPPORTED,
        "effort": {"supported": True, "max": SUPPORTED, "xhigh": None},
        "context_management": {"supported": False, "later": [1]},
    },
    "deprecated_at": None,
    "lifecycle": "active",
    "line": "new-line",
    "max_input_tokens": 200000.0,
    "max_tokens": None,
    "retires_at": "2027-01-01T00:00:00Z",
}
PAGE = {"data": [MODEL], "has_more": False, "first_id": "m", "last_id": None}
MODELS = """
import httpx
from anthropic_models import Anthropic, APIResponseValidationError
model, page = map(json.loads, sys.argv[1:])
sent = []
def answer(request):
    sent.append([request.url.raw_path.decode(), request.headers.get("anthropic-workspace-id")])
    return httpx.Response(200, json=page if request.url.path == "/v1/models" else model)
client = Anthropic(api_key="k", base_url="http://host", http_client=httpx.Client(transport=httpx.MockTransport(answer)))
info = client.models.retrieve("m", workspace_id="w")
listed = client.models.list(lifecycle=["active", "retired"], limit=2, betas=["b"], workspace_id="w")
raw = client.with_raw_response.models.list()
refused = []
for wrong in ({"limit": 0}, {"limit": "2"}, {"lifecycle": "active"}, {"lifecycle": ["old"]}, {"workspace_id": 5}):
    try:
        client.models.list(**wrong)
    except (TypeError, ValueError) as error:
        refused.append(str(error))
model["capabilities"]["effort"]["max"] = {"supported": "yes"}
try:
    client.models.retrieve("m")
except APIResponseValidationError as error:
    refused.append(str(error.__cause__))
values = [info.max_input_tokens, type(info.max_input_tokens).__name__, info.capabilities.effort.xhigh,
    info.retires_at.year, type(info.capabilities.context_management).__name__]
print(json.dumps([info.to_dict(mode="json"), listed.data[0] == info, sent, refused, values]))
"""
TYPED = """
import datetime
from typing import assert_type
from anthropic_models import Anthropic
from anthropic_models.types import ModelInfo, ModelPage

def use(client: Anthropic) -> None:
    info = client.models.retrieve("m", workspace_id="w")
    assert_type(info.max_input_tokens, int | None)
    assert_type(info.retires_at, datetime.datetime | None)
    if info.capabilities is not None:
        assert_type(info.capabilities.batch.supported, bool)
    page = client.models.list(lifecycle=["active"], limit=2)
    assert_type(page, ModelPage)
    assert_type(page.data, list[ModelInfo])
    client.models.list(limit="2")  # type: ignore[arg-type]
    client.models.list(workspace=1)  # type: ignore[call-arg]
"""


def _merge(fragment: Any) -> None:
    fragment["paths"].update(copies.deepcopy(EVERYTHING["paths"]))
    for kind, components in EVERYTHING["components"].items():
        fragment["components"].setdefault(kind, {}).update(copies.deepcopy(components))
    _grow(fragment)


def _grow(fragment: Any) -> None:
    schemas = fragment["components"]["schemas"]
    schemas["ModelInfo"]["properties"].update(NEWEST["properties"])
    schemas["ModelInfo"]["required"] += NEWEST["required"]
    schemas.update(NEWEST["schemas"])
    fragment["components"]["parameters"].update(NEWEST["parameters"])
    retrieve = fragment["paths"]["/v1/models/{model_id}"]["get"]
    retrieve["parameters"] = [*KNOWN, {"$ref": "#/components/parameters/WorkspaceId"}]
    for example in retrieve["responses"]["200"]["content"]["application/json"]["examples"].values():
        example["value"] = MODEL | example["value"]
    NEWEST["paths"]["/v1/models"]["get"]["security"] = retrieve["security"]
    fragment["paths"].update(NEWEST["paths"])


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout with all that in its fragment, regenerated."""
    return regenerated(tmp_path_factory.mktemp("everything") / "copy", _merge)


def test_its_output_is_typed_strictly(copy: Path) -> None:
    """By mypy and by pyright; so is what callers write. Every bound is in the types, one of 0 too."""
    (copy / "typed.py").write_text(TYPED, encoding="utf-8")

    code = "".join(path.read_text(encoding="utf-8") for path in (copy / PACKAGE).rglob("*.py"))
    bounds = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength"]

    assert [
        each for each in (*bounds, "pattern", "minItems", "maxItems", "uniqueItems") if f"{each}=" not in code
    ] == []
    assert complaints_of_mypy(copy, "generated", "typed.py") == []
    assert complaints_of_pyright(copy, "generated") == []


def test_its_operations_are_called(copy: Path) -> None:
    """Arguments are written as OpenAPI has them; what the fragment forbids is refused; answers are what they say."""
    sent, refused, again, listed, read = result_of(copy, THINGS, BODY)
    always = {"x-version": "1", "x-always": "yes", "x-quoted": "a \"b\" \\c {d} 'e'"}

    assert sent[0] == ["/things/a%2Fb/7?needed=false&page-size=20", always]
    assert sent[1][0].split("?")[1].split("&") == [
        "needed=true",
        "order=up",
        "since=2026-01-01T00%3A00%3A00Z",
        "day=2026-01-02",
        "key=00000000-0000-0000-0000-000000000001",
        "share=0.5",
        "kinds=a",
        "kinds=b",
        "joined=c%2Cd",
        "either=xy",
        "page-size=30",
    ]
    labels = {"x-tags": "on,new", "x-count": "3", "x-exact": "false", "x-share": "1.5", "x-version": "2"}
    assert sent[1][1] == {**always, **labels}
    assert [each[0] for each in sent[2:]] == ["/things?after=x", "/ping"]
    assert refused == [
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
    assert (again, listed) == ({**BODY, "count": 3}, [True, None, None])
    key = "12345678123456781234567812345678"
    assert read[:10] == [True, "int", 2026, 1.5, "2026-01-03", key, "Circle", "Square", None, []]
    assert read[10:] == [BODY["@kind"], "c", 5, "a \"b\" \\c {d} 'e'\n", None, {"kept": [True]}]


def test_the_newest_models_are_called(copy: Path) -> None:
    """Requests are what the fragment says, answers are models, and both are held to it."""
    info, is_same, sent, refused, values = result_of(copy, MODELS, MODEL, PAGE)

    assert (info, is_same) == (MODEL, True)
    assert sent[:3] == [
        ["/v1/models/m", "w"],
        ["/v1/models?limit=2&lifecycle=active&lifecycle=retired", "w"],
        ["/v1/models", None],
    ]
    assert values == [200000, "int", None, 2027, "ModelCapabilitiesContextManagement"]
    assert refused == [
        "`limit`: expected maximum 1000, minimum 1, got 0",
        "`limit`: expected an integer, got '2'",
        "`lifecycle`: expected an array, got 'active'",
        "`lifecycle`[0]: expected 'active' or 'deprecated' or 'retired', got 'old'",
        "`workspace_id`: expected a string, got 5",
        "capabilities.effort.max.supported: expected true or false, got 'yes'",
    ]


def _bare(value: Any, words: dict[str, set[str]], parts: dict[int, set[str]]) -> Any:
    """Without the keywords that have no effect."""
    if isinstance(value, list):
        return [_bare(item, words, parts) for item in value]
    if not isinstance(value, dict):
        return value
    gone = set().union(*(words.get(kind, set()) for kind in parts.get(id(value), ())))
    return {name: _bare(item, words, parts) for name, item in value.items() if name not in gone}


def test_what_has_no_effect_changes_nothing(copy: Path, tmp_path: Path) -> None:
    """The code is the same without it, whatever the page lists there; descriptions of answers are needed by OpenAPI."""
    from codegen.metaschema import Description

    words = {
        name or "openapi": {word for word, outcome in table(title).items() if outcome == "no effect"}
        for title, name in OBJECTS.items()
    }
    words["response"].remove("description")
    words["info"].remove("version")

    def strip(fragment: Any) -> None:
        _merge(fragment)
        kinds = {id(part.value): {*part.kinds} for part in Description(fragment).parts}
        kinds[id(fragment)] = {"openapi"}
        stripped = _bare(fragment, words, kinds)
        fragment.clear()
        fragment.update(stripped)

    before = copy / PACKAGE
    after = regenerated(tmp_path / "copy", strip) / PACKAGE

    assert {path.relative_to(before): path.read_text("utf-8") for path in before.rglob("*.py")} == {
        path.relative_to(after): path.read_text("utf-8") for path in after.rglob("*.py")
    }
