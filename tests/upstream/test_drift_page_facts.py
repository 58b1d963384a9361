"""The fragment of this repository, and the decisions beside it, against the release that was last looked at."""

from pathlib import Path

import pytest
import upstream
import yaml

ROOT = Path(__file__).resolve().parents[2]
DECISIONS = ROOT / "openapi" / "upstream.yaml"


def test_fragment_says_what_the_release_that_was_last_looked_at_says(capsys: pytest.CaptureFixture[str]):
    """Each difference from the release in openapi/upstream.yaml is decided there, with its reason."""
    release = yaml.safe_load(DECISIONS.read_text("utf-8"))["release"]
    code = upstream.main(["--sdk", release["version"]])
    output, error = capsys.readouterr()

    assert (code, error) == (0, ""), f"change the fragment, or decide in openapi/upstream.yaml: {output}{error}"
    assert release["sha256"] in output
