"""A copy of the checkout that a test may spoil, and ways to change its files."""

import shutil

import pytest
from regeneration.copies import copied


@pytest.fixture
def checkout(tmp_path):
    """A copy in which everything is up to date, without the client: the package is imported only."""
    folder = copied(tmp_path / "checkout", "scripts/codegen", "scripts/regenerate.py")
    shutil.rmtree(folder / "anthropic_models")
    return folder


@pytest.fixture
def edit():
    """Replace one text of a file by another."""

    def replace(path, old, new):
        source = path.read_text(encoding="utf-8")
        assert old in source, f"{path.name} no longer says {old!r}"
        path.write_text(source.replace(old, new, 1), encoding="utf-8")

    return replace
