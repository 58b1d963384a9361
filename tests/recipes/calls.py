"""Run in the copy: calls the added operations in each form of the client, and prints the results as JSON."""

import asyncio
import inspect
import json

import anthropic_models.types
from anthropic_models import Anthropic, AsyncAnthropic, BadRequestError
from anthropic_models.testing import Server, serve

OPTIONS = {"timeout": 5, "extra_headers": {"X-More": "a"}, "extra_query": {"more": [1, 2]}}


def _blocking(server: Server) -> list[list[str]]:
    with Anthropic(api_key="k", base_url=server.url) as client:
        pages = [client.models.list(limit=2, **OPTIONS), client.with_raw_response.models.list(limit=2).parse()]
        with client.models.with_streaming_response.list(limit=2) as response:
            pages.append(response.parse())
        pages.append(client.models.list(after_id="claude-new-1", betas=["one", "two"]))
    return [[model.id for model in page.data] for page in pages]


async def _asynchronous(server: Server) -> list[list[str]]:
    async with AsyncAnthropic(api_key="k", base_url=server.url) as client:
        pages = [await client.models.list(limit=2, **OPTIONS)]
        pages.append((await client.models.with_raw_response.list(limit=2)).parse())
        async with client.with_streaming_response.models.list(limit=2) as response:
            pages.append(await response.parse())
        pages.append(await client.models.list(after_id="claude-new-1", betas=["one", "two"]))
    return [[model.id for model in page.data] for page in pages]


def _docstrings(client: Anthropic) -> dict[str, str]:
    forms = client.models, client.models.with_raw_response, client.models.with_streaming_response
    return {type(form).__name__: inspect.getdoc(form.list) or "" for form in forms}


with serve() as server:
    for name in ("claude-new-1", "claude-new-2"):
        server.add_model(id=name, display_name="New")
    results = [_blocking(server), asyncio.run(_asynchronous(server))]
    sent = [[request.path, request.query, request.errors] for request in server.requests]
    headers = [dict(request.headers) for request in server.requests]
    server.answer_next(400)
    client = Anthropic(api_key="k", base_url=server.url)
    try:
        client.models.list()
    except BadRequestError as error:
        status = error.status_code
    found = {
        "models": list(server.models),
        "results": results,
        "sent": sent,
        "headers": headers,
        "status": status,
        "docstrings": _docstrings(client),
        "types": sorted(name for name in vars(anthropic_models.types) if name[0].isupper()),
    }
    print(json.dumps(found))  # noqa: T201  # it is a program
