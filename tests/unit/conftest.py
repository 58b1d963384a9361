"""What the tests of single modules of the scripts share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from codegen import document


@pytest.fixture
def load(tmp_path: Path) -> Callable[[str], Any]:
    """A YAML text as a document that messages call `it.yaml`."""

    def loaded(text: str) -> document.Document:
        path = tmp_path / "elsewhere.yaml"
        path.write_bytes(text.encode(errors="surrogateescape"))
        return document.load(path, "it.yaml")

    return loaded
