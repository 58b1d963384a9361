"""Fixtures for the tests of single modules."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from codegen import document


@pytest.fixture
def load(tmp_path: Path) -> Callable[[str], Any]:
    """Load a YAML text as a document with the name `it.yaml`."""

    def loaded(text: str) -> document.Document:
        path = tmp_path / "elsewhere.yaml"
        path.write_bytes(text.encode(errors="surrogateescape"))
        return document.load(path, "it.yaml")

    return loaded
