"""A program for the official SDK with only the import changed; it is type-checked strictly, and never run."""

from __future__ import annotations

import os

import httpx

import anthropic_models as anthropic
from anthropic_models import NOT_GIVEN, Anthropic, AsyncAnthropic, NotGiven, Omit, Timeout, omit
from anthropic_models.types import AnthropicBetaParam, ModelInfo

client = Anthropic(api_key=os.environ.get("ANTHROPIC_API_KEY"))
model_info = client.models.retrieve(model_id="model_id")
print(model_info.id)  # noqa: T201  # the example of the reference page

BETAS: list[AnthropicBetaParam] = ["context-1m-2025-08-07", "some-other-beta"]


def settings(*, with_betas: bool, seconds: float | Timeout | NotGiven | None = NOT_GIVEN) -> ModelInfo:
    """Every setting and every option."""
    transport = httpx.HTTPTransport(retries=1)
    with anthropic.Anthropic(
        api_key="key",
        auth_token=None,
        base_url=httpx.URL("https://example.test"),
        timeout=Timeout(20.0, connect=2.0),
        max_retries=anthropic.DEFAULT_MAX_RETRIES,
        default_headers={"X-Foo": "bar"},
        default_query={"a": 1},
        http_client=anthropic.DefaultHttpxClient(proxy="http://localhost:8080", transport=transport),
    ) as mine:
        mine.base_url = "https://other.test"
        mine.timeout = anthropic.DEFAULT_TIMEOUT
        mine.api_key = None
        scoped = mine.with_options(max_retries=5, timeout=None, set_default_headers={}, default_query={"b": [1, 2]})
        return scoped.models.retrieve(
            "model_id",
            betas=BETAS if with_betas else omit,
            extra_headers={"X-Foo": Omit(), "X-Bar": "baz"},
            extra_query={"a": {"b": ["c", None]}},
            extra_body={"a": 1},
            timeout=seconds,
        )


def errors() -> object:
    """Each kind of error and its attributes."""
    try:
        return client.models.retrieve("model_id", betas=["context-1m-2025-08-07"]).display_name
    except anthropic.RateLimitError as error:
        return error.response.headers.get("retry-after"), error.request_id
    except anthropic.APIStatusError as error:
        return error.status_code
    except (anthropic.APITimeoutError, anthropic.APIConnectionError) as error:
        return str(error.request.url), str(error.__cause__)
    except anthropic.APIError as error:
        return error.message if error.body is None else str(error.body)


def responses() -> list[str | None]:
    """Raw and streaming responses."""
    raw = client.models.with_raw_response.retrieve("model_id", timeout=5)
    found = [raw.parse().id, raw.headers.get("x-foo"), raw.http_request.method, raw.text, raw.request_id]
    with client.models.with_streaming_response.retrieve("model_id") as response:
        same: anthropic.APIResponse[ModelInfo] = response
        return [*found, *response.iter_lines(), same.parse().id, str(response.http_response.status_code)]


async def asynchronous(http_client: httpx.AsyncClient | None = None) -> list[str]:
    """The asynchronous client."""
    async with AsyncAnthropic(http_client=http_client or anthropic.DefaultAsyncHttpxClient()) as mine:
        model = await mine.models.retrieve("model_id", betas=BETAS)
        raw = await mine.copy(timeout=10).models.with_raw_response.retrieve("model_id")
        async with mine.models.with_streaming_response.retrieve("model_id") as response:
            same: anthropic.AsyncAPIResponse[ModelInfo] = response
            return [model.id, raw.parse().id, (await response.parse()).id, await same.text()]


def values(model: ModelInfo) -> list[str]:
    """A model as a value, one made by the caller, and the serialized forms."""
    same = ModelInfo(id=model.id, created_at=model.created_at, display_name="Name", type="model")
    return [model.created_at.isoformat(), model.to_json(indent=2), str(model.to_dict(mode="json")), str(same == model)]
