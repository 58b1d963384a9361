"""The clients that are compared: how each is installed, and what its user writes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

KEY = "sk-ant-benchmark"

_HEADERS = f'{{"x-api-key": {KEY!r}, "anthropic-version": "2023-06-01"}}'


class Code(NamedTuple):
    """What a user writes. It may use URL and model_id; `call` is an expression that uses `client`."""

    imports: str
    client: str
    call: str


@dataclass(frozen=True)
class Contender:
    """One of the clients that are compared.

    Attributes:
        key: Names it in the results.
        title: Names it in the report; `{version}` is that of the module.
        module: The package that is measured. It must come from the contender's own environment.
        requirements: What pip installs; `{wheel}` is the wheel that was built from this checkout.
        blocking: The code of blocking calls, if they are measured.
        asynchronous: The code of asyncio calls.
        environment: The folder of its environment.
        generated: Whether the generated package is copied into the environment too.
    """

    key: str
    title: str
    module: str
    requirements: tuple[str, ...]
    blocking: Code | None
    asynchronous: Code
    environment: str
    generated: bool = False


def _drop_in(key: str, title: str, module: str, requirement: str) -> Contender:
    arguments, call = f"(api_key={KEY!r}, base_url=URL)", "client.models.retrieve(model_id)"
    return Contender(
        key=key,
        title=title,
        module=module,
        requirements=(requirement,),
        blocking=Code(f"from {module} import Anthropic", f"Anthropic{arguments}", call),
        asynchronous=Code(
            f"from {module} import AsyncAnthropic",
            f"AsyncAnthropic{arguments}",
            "await client.models.retrieve(model_id)",
        ),
        environment=key,
    )


HTTPX = Contender(
    key="httpx",
    title="plain httpx {version}",
    module="httpx",
    requirements=("httpx",),
    blocking=Code(
        "import httpx",
        f"httpx.Client(base_url=URL, headers={_HEADERS})",
        'client.get(f"/v1/models/{model_id}").json()',
    ),
    asynchronous=Code(
        "import httpx",
        f"httpx.AsyncClient(base_url=URL, headers={_HEADERS})",
        '(await client.get(f"/v1/models/{model_id}")).json()',
    ),
    environment="httpx",
)
"""The contender that the others are measured against."""
CONTROL = replace(HTTPX, key="control", title="httpx again")
"""The same again: the distance of its ratio from 1 is the error of the measurement."""
_FUNCTION = (
    "from anthropic_models_api import AuthenticatedClient\n"
    "from anthropic_models_api.api.models.retrieve_model import {} as retrieve"
)
_CLIENT = f'AuthenticatedClient(base_url=URL, token={KEY!r}, prefix="", auth_header_name="x-api-key")'
_GENERATED = Contender(
    key="generated",
    title="generated package alone",
    module="anthropic_models_api",
    requirements=("httpx", "attrs"),
    blocking=Code(_FUNCTION.format("sync"), _CLIENT, "retrieve(model_id, client=client)"),
    asynchronous=Code(_FUNCTION.format("asyncio"), _CLIENT, "await retrieve(model_id, client=client)"),
    environment="generated",
    generated=True,
)
OURS = _drop_in("ours", "anthropic-models", "anthropic_models", "{wheel}")
_AIOHTTP = replace(
    OURS,
    key="aiohttp",
    title="anthropic-models[aiohttp]",
    requirements=("{wheel}[aiohttp]",),
    blocking=None,  # the extra changes asyncio calls only
    asynchronous=Code(
        "from anthropic_models import AsyncAnthropic, DefaultAioHttpClient",
        OURS.asynchronous.client.replace("URL", "URL, http_client=DefaultAioHttpClient()"),
        OURS.asynchronous.call,
    ),
    environment="aiohttp",
)
CONTENDERS = (
    HTTPX,
    CONTROL,
    _GENERATED,
    _drop_in("official", "anthropic {version}", "anthropic", "anthropic==0.76.0"),
    _drop_in("newest", "anthropic {version}", "anthropic", "anthropic"),
    OURS,
    _AIOHTTP,
)
