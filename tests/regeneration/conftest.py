"""A copy of the checkout that a test may change, and a function that edits its files."""

import shutil

import pytest
from regeneration.copies import copied


@pytest.fixture
def checkout(tmp_path):
    """An up-to-date copy without the client, so that the new package is imported but not called."""
    folder = copied(tmp_path / "checkout", "scripts/codegen", "scripts/regenerate.py")
    shutil.rmtree(folder / "anthropic_models")
    return folder


@pytest.fixture
def edit():
    """Replace the first occurrence of a text in a file."""

    def replace(path, old, new):
        source = path.read_text(encoding="utf-8")
        assert old in source, f"{path.name} no longer has {old!r}"
        path.write_text(source.replace(old, new, 1), encoding="utf-8")

    return replace
