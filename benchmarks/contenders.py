"""What is compared: how each is installed, and what its user writes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEY = "sk-ant-benchmark"

_HEADERS = f'{{"x-api-key": {KEY!r}, "anthropic-version": "2023-06-01"}}'


@dataclass(frozen=True)
class Contender:
    """One of those that are compared. The code is what a user writes; it may use URL and model_id.

    Attributes:
        key: Names it in results, and its environment.
        title: Names it in the report; `{version}` is that of `distribution`.
        distribution: Whose version is told.
        requirements: What pip installs.
        imports, client, call: For blocking calls. `call` is an expression that uses `client`.
        async_imports, async_client, async_call: For asyncio.
        no_retries: The argument of `client` that switches retries off.
        folder: A package that is copied in beside what pip installs.
    """

    key: str
    title: str
    distribution: str
    requirements: tuple[str, ...]
    imports: str
    client: str
    call: str
    async_imports: str
    async_client: str
    async_call: str
    no_retries: str = ""
    folder: Path | None = None


FLOOR = "httpx"
"""The contender that the others are measured against."""
OURS = "ours"


def _official(key: str, requirement: str) -> Contender:
    return Contender(
        key=key,
        title="anthropic {version}",
        distribution="anthropic",
        requirements=(requirement,),
        imports="from anthropic import Anthropic",
        client=f"Anthropic(api_key={KEY!r}, base_url=URL)",
        call="client.models.retrieve(model_id)",
        async_imports="from anthropic import AsyncAnthropic",
        async_client=f"AsyncAnthropic(api_key={KEY!r}, base_url=URL)",
        async_call="await client.models.retrieve(model_id)",
        no_retries="max_retries=0",
    )


def _ours(key: str, title: str, extra: str, async_names: str, async_arguments: str) -> Contender:
    return Contender(
        key=key,
        title=title,
        distribution="anthropic-models",
        requirements=(f"{ROOT}{extra}",),
        imports="from anthropic_models import Anthropic",
        client=f"Anthropic(api_key={KEY!r}, base_url=URL)",
        call="client.models.retrieve(model_id)",
        async_imports=f"from anthropic_models import {async_names}",
        async_client=f"AsyncAnthropic(api_key={KEY!r}, base_url=URL{async_arguments})",
        async_call="await client.models.retrieve(model_id)",
        no_retries="max_retries=0",
    )


CONTENDERS = (
    Contender(
        key=FLOOR,
        title="hand-written httpx {version}",
        distribution="httpx",
        requirements=("httpx",),
        imports="import httpx",
        client=f"httpx.Client(base_url=URL, headers={_HEADERS})",
        call='client.get(f"/v1/models/{model_id}").json()',
        async_imports="import httpx",
        async_client=f"httpx.AsyncClient(base_url=URL, headers={_HEADERS})",
        async_call='(await client.get(f"/v1/models/{model_id}")).json()',
    ),
    Contender(
        key="generated",
        title="generated package alone",
        distribution="httpx",
        requirements=("httpx", "attrs"),
        folder=ROOT / "generated" / "anthropic_models_api",
        imports=(
            "from anthropic_models_api import AuthenticatedClient\n"
            "from anthropic_models_api.api.models.retrieve_model import sync as retrieve"
        ),
        client=f'AuthenticatedClient(base_url=URL, token={KEY!r}, prefix="", auth_header_name="x-api-key")',
        call="retrieve(model_id, client=client)",
        async_imports=(
            "from anthropic_models_api import AuthenticatedClient\n"
            "from anthropic_models_api.api.models.retrieve_model import asyncio as retrieve"
        ),
        async_client=f'AuthenticatedClient(base_url=URL, token={KEY!r}, prefix="", auth_header_name="x-api-key")',
        async_call="await retrieve(model_id, client=client)",
    ),
    _official("official", "anthropic==0.76.0"),
    _official("newest", "anthropic"),
    _ours(OURS, "anthropic-models", "", "AsyncAnthropic", ""),
    _ours(
        "aiohttp",
        "anthropic-models[aiohttp]",
        "[aiohttp]",
        "AsyncAnthropic, DefaultAioHttpClient",
        ", http_client=DefaultAioHttpClient()",
    ),
)
