"""The page's own facts: these fail, and should, when the fragment has moved on from the page of record."""

from importlib.metadata import distribution
from pathlib import Path

import pytest
import upstream

PAGE = Path(__file__).with_name("data") / "page.md"


@pytest.mark.parametrize(
    "source", [["--page", PAGE], ["--sdk-path", distribution("anthropic").locate_file("")]], ids=["page", "0.76.0"]
)
def test_fragment_of_this_repository_says_what_the_page_says(source, capsys):
    """The fragment of this repository is that of the page, and of the official SDK's 0.76.0."""
    code = upstream.main([str(part) for part in source])

    assert (code, capsys.readouterr().err) == (0, "")
