"""A list operation that is added to the fragment: the local server answers it without a change."""

from collections.abc import Iterator
from importlib.resources import files

import httpx
import pytest
import yaml
from cases import each
from trust import TLS

from anthropic_models.testing import Server, contract, serve

GOOD = {"x-api-key": "made-up", "anthropic-version": "2023-06-01"}


@pytest.fixture
def server(monkeypatch) -> Iterator[Server]:
    """A server of a fragment that lists models, with the five models m0 to m4."""
    document = yaml.safe_load((files("anthropic_models_api") / "openapi.yaml").read_text(encoding="utf-8"))
    retrieve = document["paths"]["/v1/models/{model_id}"]["get"]
    text = {"type": "string"}
    fields = {
        "data": {"type": "array", "items": {"$ref": "#/components/schemas/ModelInfo"}},
        "has_more": {"type": "boolean"},
        "first_id": {"type": ["string", "null"]},
        "last_id": {"type": ["string", "null"]},
        "object": {"const": "list"},
    }
    page = {"type": "object", "required": list(fields), "properties": fields}
    example = {"data": [], "has_more": True, "first_id": "a", "last_id": "b", "object": "list"}
    document["paths"]["/v1/models"] = {
        "get": {
            "operationId": "list_models",
            "security": retrieve["security"],
            "parameters": [
                {"$ref": "#/components/parameters/AnthropicVersion"},
                {"name": "before_id", "in": "query", "schema": text},
                {"name": "after_id", "in": "query", "schema": text},
                {"name": "limit", "in": "query", "schema": {"type": "integer", "default": 3, "minimum": 1}},
            ],
            "responses": {
                **retrieve["responses"],
                "200": {
                    "description": "A page.",
                    "content": {"application/json": {"schema": page, "example": example}},
                },
            },
        }
    }
    monkeypatch.setattr(contract, "load", lambda: contract.Contract(document))
    with serve() as server:
        server.models.clear()
        for number in range(5):
            server.add_model(id=f"m{number}", display_name=f"Model {number}")
        yield server


@pytest.fixture
def get(server: Server):
    """Ask for a page."""
    with httpx.Client(base_url=server.url, headers=GOOD, verify=TLS) as client:
        yield lambda query="": client.get(f"/v1/models{query}")


@each(
    ("query", "names", "has_more"),
    [
        ("", "m0 m1 m2", True),
        ("?limit=5", "m0 m1 m2 m3 m4", False),
        ("?limit=1", "m0", True),
        ("?after_id=m0", "m1 m2 m3", True),
        ("?after_id=m1", "m2 m3 m4", False),
        ("?after_id=m4", "", False),
        ("?before_id=m4", "m1 m2 m3", True),
        ("?before_id=m1", "m0", False),
        ("?before_id=m0", "", False),
        ("?before_id=m3&after_id=m0&limit=1", "m2", True),
    ],
)
def test_a_page_has_the_models_that_were_asked_for(get, query, names, has_more):
    """`limit` (with its declared default), `after_id` and `before_id` are obeyed; the ends and `has_more` are right."""
    page = get(query).json()

    found = [model["id"] for model in page["data"]]
    assert found == names.split()
    assert (page["has_more"], page["object"]) == (has_more, "list")
    assert (page["first_id"], page["last_id"]) == ((found[0], found[-1]) if found else (None, None))


def test_a_listed_model_is_the_one_that_is_looked_up(server, get):
    """Both operations answer with what `add_model` was given."""
    listed = get().json()["data"][1]

    assert listed == httpx.get(f"{server.url}/v1/models/m1", headers=GOOD, verify=TLS).json()
    assert listed["display_name"] == "Model 1"


def test_a_page_beside_no_model_is_not_found(get):
    """The message names the model."""
    answer = get("?after_id=nobody")

    assert (answer.status_code, answer.json()["error"]["message"]) == (404, "model: nobody")


def test_a_page_can_be_planned(server, get):
    """A planned answer comes before the page, with a body of its own or an error."""
    server.answer_next(529)
    server.answer_next(203)

    assert [get().status_code for _ in range(3)] == [529, 203, 200]
