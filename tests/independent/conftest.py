"""The two servers, once for all tests, and both kinds of client with one of them."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from servers import running

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from codegen.lower import lower  # noqa: E402  # found by the line above

FRAGMENT = ROOT / "openapi" / "models.yaml"
LISTEN = ("--host", "127.0.0.1", "--port", "{port}")


@pytest.fixture(scope="session")
def steady(tmp_path_factory):
    """Steady, which serves the fragment as it is and tells in a header what it finds wrong in a request."""
    log = tmp_path_factory.mktemp("steady") / "log"
    with running(log, "steady", *LISTEN, "--reject-on-sdk-error=false", "--log-format=json", str(FRAGMENT)) as server:
        yield server


@pytest.fixture(scope="session")
def prism(tmp_path_factory):
    """Prism, which serves the lowered fragment: its process dies when an optional list header is absent."""
    folder = tmp_path_factory.mktemp("prism")
    lowered = lower(yaml.safe_load(FRAGMENT.read_text(encoding="utf-8")))
    (folder / "lowered.json").write_text(json.dumps(lowered), encoding="utf-8")
    with running(folder / "log", "prism", "mock", *LISTEN, str(folder / "lowered.json")) as server:
        yield server


@pytest.fixture(scope="session")
def examples():
    """Every status that the fragment declares, and the bodies of its examples by their names, or by ""."""
    document = yaml.safe_load(FRAGMENT.read_text(encoding="utf-8"))
    found: dict[int, dict[str, Any]] = {}
    for status, declared in document["paths"]["/v1/models/{model_id}"]["get"]["responses"].items():
        name = declared.get("$ref", "").rpartition("/")[2]
        content = (document["components"]["responses"][name] if name else declared)["content"]["application/json"]
        several = content.get("examples") or {"": {"value": content["example"]}}
        found[int(status)] = {name: example["value"] for name, example in several.items()}
    return found
