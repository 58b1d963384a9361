"""The fragment is valid OpenAPI 3.1, by our lint and by a validator that is not ours."""

from pathlib import Path

import yaml
from codegen import document
from fragment.small import complaints
from openapi_spec_validator import OpenAPIV31SpecValidator

FRAGMENT = Path(__file__).resolve().parents[2] / "openapi" / "models.yaml"
TEXT = FRAGMENT.read_text(encoding="utf-8")


def test_nobody_has_a_complaint(tmp_path):
    """Not our lint, and not openapi-spec-validator; PyYAML reads exactly the data that regeneration works with."""
    data = yaml.safe_load(TEXT)

    assert complaints(tmp_path, TEXT) == []
    assert [error.message for error in OpenAPIV31SpecValidator(data).iter_errors()] == []
    assert document.load(FRAGMENT, "models.yaml").data == data


def test_places_have_the_lines_of_an_editor():
    """Line numbers count from 1 and lead to the line where the key stands."""
    found = document.load(FRAGMENT, "models.yaml").lines
    keys = {pointer: line for pointer, line in found.items() if pointer and isinstance(pointer[-1], str)}
    lines = TEXT.splitlines()

    assert len(keys) > 200
    assert [pointer for pointer, line in keys.items() if str(pointer[-1]) not in lines[line - 1]] == []
