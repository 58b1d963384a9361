"""A copy of the checkout that a test may spoil, and ways to change its files."""

import shutil

import pytest
from regeneration.copies import copied


@pytest.fixture(scope="session")
def _whole(tmp_path_factory):
    return copied(tmp_path_factory.mktemp("whole") / "copy", "scripts/codegen", "scripts/regenerate.py")


@pytest.fixture
def checkout(_whole, tmp_path):
    """A copy in which everything is up to date, without the client: the package is imported only."""
    return shutil.copytree(_whole, tmp_path / "checkout", ignore=shutil.ignore_patterns("anthropic_models"))


@pytest.fixture
def edit():
    """Replace one text of a file by another."""

    def replace(path, old, new):
        source = path.read_text(encoding="utf-8")
        assert old in source, f"{path.name} no longer says {old!r}"
        path.write_text(source.replace(old, new, 1), encoding="utf-8")

    return replace
