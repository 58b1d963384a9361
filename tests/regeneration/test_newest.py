"""A fragment with what the newest official client knows works from the edit to the call."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from regeneration.copies import complaints_of_mypy, regenerated, result_of

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
PROGRAM = """
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
    """A copy of the checkout with the newest fragment, regenerated."""
    return regenerated(tmp_path_factory.mktemp("newest") / "copy", _grow)


def test_it_is_called(copy: Path) -> None:
    """Requests are what the fragment says, answers are models, and both are held to it."""
    info, is_same, sent, refused, values = result_of(copy, PROGRAM, MODEL, PAGE)

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


def test_it_is_typed(copy: Path) -> None:
    """Strictly, fields that may be null and arguments of lists too."""
    program = copy / "typed.py"
    program.write_text(TYPED, encoding="utf-8")

    assert complaints_of_mypy(copy, program) == []
