"""The maintainer's promise: what is added to the fragment reaches callers by regeneration alone."""

from pathlib import Path
from typing import Any

import pytest
from regeneration.copies import ROOT, regenerated, result_of

NEW_BETA, NEW_HEADER = "new-2030-01-01", "x-new-param"
RUN = """
import asyncio
import anthropic_models
from anthropic_models import Anthropic, APIResponseValidationError, AsyncAnthropic
from anthropic_models.testing import serve

async def retrieve_async(url, **arguments):
    async with AsyncAnthropic(api_key="k", base_url=url) as client:
        return await client.models.retrieve("m", **arguments)

def retrieve_sync(url, **arguments):
    with Anthropic(api_key="k", base_url=url) as client:
        return client.models.retrieve("m", **arguments)

def found(retrieve):
    with serve() as server:
        values = []
        for fields in ({"max_input_tokens": 200_000}, {"max_input_tokens": None}, {}):
            server.add_model(id="m", **fields)
            values.append(retrieve(server.url, betas=["new-2030-01-01"], x_new_param="xy").max_input_tokens)
        info = retrieve(server.url)
        server.answer_next(body={**info.to_dict(mode="json"), "max_input_tokens": "many"})
        try:
            retrieve(server.url)
        except APIResponseValidationError as error:
            values += [str(error), "max_input_tokens" in info.to_dict()]
        sent = [[request.header(name) for name in ("x-new-param", "anthropic-beta")] for request in server.requests]
        return [values, sent, [request.errors for request in server.requests]]

kinds = [found(retrieve_sync), found(lambda *a, **b: asyncio.run(retrieve_async(*a, **b)))]
print(json.dumps([anthropic_models.__file__, *kinds]))
"""


def _grow(fragment: Any) -> None:
    """Add a field, a beta value and an optional header, as an editor would."""
    schemas = fragment["components"]["schemas"]
    schemas["ModelInfo"]["properties"]["max_input_tokens"] = {"type": ["integer", "null"]}
    schemas["AnthropicBeta"]["enum"].append(NEW_BETA)
    parameter = {"name": NEW_HEADER, "in": "header", "schema": {"type": "string", "minLength": 2}}
    fragment["paths"]["/v1/models/{model_id}"]["get"]["parameters"].append(parameter)


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What regeneration and the client need of this checkout, after that."""
    return regenerated(tmp_path_factory.mktemp("grown") / "copy", _grow)


def test_nothing_but_the_generated_package_changes(grown: Path) -> None:
    """No script and no glue is touched, by the command or by hand."""
    copied = [path.relative_to(grown) for path in grown.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    changed = {path.parts[0] for path in copied if (grown / path).read_bytes() != (ROOT / path).read_bytes()}

    assert changed == {"generated", "openapi"}


def test_what_is_new_reaches_callers(grown: Path) -> None:
    """A field as number, null or absent, a beta, a header, in both clients; the local server holds them to it."""
    file, *kinds = result_of(grown, RUN)

    assert Path(file).is_relative_to(grown)
    for values, sent, errors in kinds:
        assert (values[:3], values[4]) == ([200_000, None, None], False)
        assert "max_input_tokens: expected an integer" in values[3]
        assert sent == [[["xy"], [NEW_BETA]]] * 3 + [[[], []]] * 2
        assert not any(errors)
