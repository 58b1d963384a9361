"""The fragment is valid OpenAPI 3.1, by our lint and by a validator that is not ours."""

from pathlib import Path

import yaml
from codegen import document
from fragment.small import complaints
from openapi_spec_validator import OpenAPIV31SpecValidator

FRAGMENT = Path(__file__).resolve().parents[2] / "openapi" / "models.yaml"
TEXT = FRAGMENT.read_text(encoding="utf-8")


def test_the_lint_has_no_complaint(tmp_path):
    """Nothing in the fragment is misspelt, dangling, contradictory or beyond the generator."""
    assert complaints(tmp_path, TEXT) == []


def test_the_official_metaschema_has_no_complaint():
    """It passes the meta-schema of OpenAPI 3.1, by openapi-spec-validator."""
    assert [error.message for error in OpenAPIV31SpecValidator(yaml.safe_load(TEXT)).iter_errors()] == []


def test_all_readers_of_yaml_read_the_same():
    """PyYAML, with its rules of YAML 1.1, gets exactly the data that regeneration works with."""
    assert document.load(FRAGMENT, "models.yaml").data == yaml.safe_load(TEXT)


def test_places_have_the_lines_of_an_editor():
    """Line numbers count from 1 and lead to the line where the key stands."""
    found = document.load(FRAGMENT, "models.yaml").lines
    keys = {pointer: line for pointer, line in found.items() if pointer and isinstance(pointer[-1], str)}
    lines = TEXT.splitlines()

    assert len(keys) > 200
    assert [pointer for pointer, line in keys.items() if str(pointer[-1]) not in lines[line - 1]] == []
