"""The fragment as plain data, read without any code of this project; and the lint, run on a changed copy."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

FRAGMENT = ROOT / "openapi" / "models.yaml"


@pytest.fixture(scope="session")
def fragment() -> Any:
    """The fragment with every reference replaced by what it leads to."""
    data = yaml.safe_load(FRAGMENT.read_text(encoding="utf-8"))

    def resolved(value: Any) -> Any:
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
def operation(fragment: Any) -> Any:
    """The one operation."""
    return fragment["paths"]["/v1/models/{model_id}"]["get"]


@pytest.fixture
def complaints(tmp_path: Path) -> Callable[..., list[str]]:
    """What the lint says of the fragment after replacing one text by another, as lines."""
    from codegen import document, lint
    from codegen.problems import CannotRunError

    def lint_after(old: str, new: str) -> list[str]:
        source = FRAGMENT.read_text(encoding="utf-8")
        assert old in source, f"the fragment no longer says {old!r}"
        copy = tmp_path / "models.yaml"
        copy.write_text(source.replace(old, new, 1), encoding="utf-8")
        try:
            lint.check(document.load(copy, "models.yaml"))
        except CannotRunError as error:
            return list(error.lines)
        return []

    return lint_after
