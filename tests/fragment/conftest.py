"""The fragment as plain data, read without any code of this project."""

from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
FRAGMENT = ROOT / "openapi" / "models.yaml"


@pytest.fixture(scope="session")
def fragment():
    """The fragment with every reference replaced by what it leads to."""
    data = yaml.safe_load(FRAGMENT.read_text(encoding="utf-8"))

    def resolved(value):
        if isinstance(value, list):
            return [resolved(item) for item in value]
        if not isinstance(value, dict):
            return value
        if "$ref" in value:
            target = data
            for token in value["$ref"].removeprefix("#/").split("/"):
                target = target[token]
            return resolved(target)
        return {name: resolved(item) for name, item in value.items()}

    return resolved(data)


@pytest.fixture(scope="session")
def operation(fragment):
    """The one operation."""
    return fragment["paths"]["/v1/models/{model_id}"]["get"]
