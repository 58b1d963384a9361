"""Small documents, and what the generator makes of them."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))


@pytest.fixture
def document() -> Callable[..., Any]:
    """A document with one operation and these parameters; keywords go into the root of it."""

    def make(*parameters: Any, **more: Any) -> Any:
        names = [parameter["name"] for parameter in parameters if parameter.get("in") == "path"]
        path = "/" + "/".join(f"{{{name}}}" for name in names)
        operation = {
            "operationId": "do_it",
            "parameters": list(parameters),
            "responses": {"204": {"description": "Done."}},
        }
        return {
            "openapi": "3.1.0",
            "info": {"title": "Small", "version": "1"},
            "paths": {path: {"get": operation}},
            **more,
        }

    return make


@pytest.fixture
def complaints_of_the_generator() -> Callable[[Any], list[str]]:
    """What the generator says of a document; it leaves out what it complains about."""
    from openapi_python_client.config import Config, ConfigFile, MetaType
    from openapi_python_client.parser import GeneratorData

    def parse(data: Any) -> list[str]:
        settings = ConfigFile(literal_enums=True, post_hooks=[])
        config = Config.from_sources(settings, MetaType.NONE, Path("unused"), "utf-8", False, None)
        parsed = GeneratorData.from_dict(data, config=config)
        assert isinstance(parsed, GeneratorData)
        endpoints = parsed.endpoint_collections_by_tag.values()
        errors = [error for endpoint in endpoints for error in endpoint.parse_errors]
        return [str(error.detail) for error in [*parsed.errors, *errors]]

    return parse
