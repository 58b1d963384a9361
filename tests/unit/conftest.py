"""What the tests of single modules of the scripts share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def load(tmp_path: Path) -> Callable[[str], Any]:
    """A YAML text as a document that messages call `it.yaml`."""
    from codegen import document

    def loaded(text: str) -> document.Document:
        path = tmp_path / "elsewhere.yaml"
        path.write_bytes(text.encode(errors="surrogateescape"))
        return document.load(path, "it.yaml")

    return loaded


@pytest.fixture
def refused() -> Callable[..., list[str]]:
    """The lines of the complaint that a call ends with."""
    from codegen.problems import CannotRunError

    def lines(call: Callable[..., Any], *arguments: Any) -> list[str]:
        with pytest.raises(CannotRunError) as caught:
            call(*arguments)
        return list(caught.value.lines)

    return lines
