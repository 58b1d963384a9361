"""What a maintainer adds to the fragment, and programs that use it: one is run, two are checked by mypy."""

from typing import Any

MODEL: dict[str, Any] = {"id": "m", "created_at": "2026-01-01T00:00:00Z", "display_name": "M", "type": "model"}
PAGE = {"data": [MODEL], "has_more": False}


def grow(fragment: Any) -> None:
    """Add a field, a beta value, an optional header and a second operation, as an editor would."""
    retrieve = fragment["paths"]["/v1/models/{model_id}"]["get"]
    schemas = fragment["components"]["schemas"]
    schemas["ModelInfo"]["properties"]["max_input_tokens"] = {"type": ["integer", "null"]}
    schemas["AnthropicBeta"]["enum"].append("new-2030-01-01")
    retrieve["parameters"].append({"name": "x-new-param", "in": "header", "schema": {"type": "string", "minLength": 2}})
    schemas["ModelPage"] = {
        "type": "object",
        "required": ["data", "has_more"],
        "properties": {
            "data": {"type": "array", "items": {"$ref": "#/components/schemas/ModelInfo"}},
            "has_more": {"type": "boolean"},
        },
    }
    page = {"schema": {"$ref": "#/components/schemas/ModelPage"}, "example": PAGE}
    fragment["paths"]["/v1/models"] = {
        "get": {
            "operationId": "list_models",
            "tags": retrieve["tags"],
            "security": retrieve["security"],
            "parameters": [
                {"$ref": "#/components/parameters/AnthropicVersion"},
                {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 5}},
            ],
            "responses": {
                "200": {"description": "A page of models.", "content": {"application/json": page}},
                "400": retrieve["responses"]["400"],
            },
        }
    }


RUN = """
import asyncio, json, sys
import anthropic_models, anthropic_models_api
from anthropic_models import Anthropic, APIResponseValidationError, AsyncAnthropic
from anthropic_models.testing import serve
from anthropic_models_api import AuthenticatedClient
from anthropic_models_api.api.models import list_models

told = {"from": [anthropic_models.__file__, anthropic_models_api.__file__]}

async def retrieve_async(server, **arguments):
    async with AsyncAnthropic(api_key="k", base_url=server.url) as client:
        return await client.models.retrieve("m", **arguments)

def retrieve_sync(server, **arguments):
    with Anthropic(api_key="k", base_url=server.url) as client:
        return client.models.retrieve("m", **arguments)

for kind, retrieve in {"sync": retrieve_sync, "async": lambda *a, **b: asyncio.run(retrieve_async(*a, **b))}.items():
    with serve() as server:
        values = told[kind] = {}
        for name, fields in {"number": {"max_input_tokens": 200_000}, "null": {"max_input_tokens": None}}.items():
            server.add_model(id="m", **fields)
            values[name] = retrieve(server).max_input_tokens
        server.add_model(id="m")
        info = retrieve(server, betas=["new-2030-01-01"], x_new_param="xy")
        values["absent"] = [repr(info.max_input_tokens), "max_input_tokens" in info.to_dict()]
        server.answer_next(body={**info.to_dict(mode="json"), "max_input_tokens": "many"})
        try:
            retrieve(server)
        except APIResponseValidationError as error:
            values["wrong"] = str(error)
        names = ("x-new-param", "anthropic-beta")
        values["headers"] = [[request.header(name) for name in names] for request in server.requests]
        values["errors"] = [request.errors for request in server.requests]

with serve() as server:
    server.models.clear()
    server.add_model(id="m", created_at="2026-01-01T00:00:00Z", display_name="M")
    client = AuthenticatedClient(base_url=server.url, token="k", prefix="", auth_header_name="x-api-key")
    with Anthropic(api_key="k", base_url=server.url) as glue:
        told["listed"] = glue.models.list(limit=5).to_dict(mode="json")
    with client:
        told["page"] = list_models.sync(client=client, limit=5).to_dict(mode="json")
    told["list errors"] = [request.errors for request in server.requests]
print(json.dumps(told))
"""

TYPED = """
from typing import assert_type

from anthropic_models import Anthropic, AsyncAnthropic
from anthropic_models.types import AnthropicBeta, ModelInfo
from anthropic_models_api import AuthenticatedClient
from anthropic_models_api.api.models import list_models
from anthropic_models_api.models import ErrorResponse, ModelPage

known: AnthropicBeta = "new-2030-01-01"
unknown: AnthropicBeta = "unknown"  # type: ignore[assignment]


def use(client: Anthropic, alone: AuthenticatedClient) -> None:
    info = client.models.retrieve("m", betas=[known], x_new_param="x")
    assert_type(info.max_input_tokens, int | None)
    info.max_output_tokens  # type: ignore[attr-defined]
    client.models.retrieve("m", x_new_param=1)  # type: ignore[arg-type]
    client.models.retrieve("m", x_other_param="x")  # type: ignore[call-arg]
    assert_type(client.models.list(limit=5), ModelPage)
    page = list_models.sync(client=alone, limit=5)
    assert_type(page, ErrorResponse | ModelPage | None)
    if isinstance(page, ModelPage):
        assert_type(page.data, list[ModelInfo])


async def use_async(client: AsyncAnthropic) -> None:
    info = await client.models.retrieve("m", x_new_param="x")
    assert_type(info.max_input_tokens, int | None)
"""

CONSUMER = """
from typing import Literal

from anthropic_models_api import AuthenticatedClient
from anthropic_models_api.api.models import retrieve_model
from anthropic_models_api.models import ErrorResponse, ModelInfo
from anthropic_models_api.types import Response


def known(client: AuthenticatedClient) -> Literal["model"]:
    answer: Response[ErrorResponse | ModelInfo] = retrieve_model.sync_detailed("m", client=client)
    if isinstance(answer.parsed, ErrorResponse):
        raise RuntimeError(answer.parsed.error.message, answer.status_code + 1)
    assert answer.parsed is not None
    return answer.parsed.type


async def later(client: AuthenticatedClient) -> ModelInfo | ErrorResponse | None:
    async with client:
        return await retrieve_model.asyncio("m", client=client, anthropic_beta="a,b")


def wrong(client: AuthenticatedClient, info: ModelInfo) -> None:
    retrieve_model.sync(7, client=client)
    info.misspelt
    info.type = "model"
"""
