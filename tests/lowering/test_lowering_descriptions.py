"""What the fragment says of a parameter reaches whoever reads the generated function."""

import copy
from collections.abc import Callable
from typing import Any

from codegen import lower

Make = Callable[..., Any]
SCHEMAS = {"Kind": {"type": "string", "enum": ["a", "b"]}}


def schemas(data: Any) -> list[Any]:
    """Those of the parameters of the one operation."""
    (item,) = data["paths"].values()
    return [parameter["schema"] for parameter in item["get"]["parameters"]]


def test_a_parameters_description_reaches_its_schema(document: Make) -> None:
    """Of a list that became a string too; a schema's own words stay, and one that others share is left alone."""
    lowered = lower.lower(
        document(
            {"name": "plain", "in": "query", "description": "Plain.", "schema": {"type": "string"}},
            {"name": "list", "in": "header", "description": "List.", "schema": {"type": "array", "items": {}}},
            {"name": "own", "in": "query", "description": "No.", "schema": {"type": "string", "description": "Own."}},
            {"name": "shared", "in": "query", "description": "No.", "schema": {"$ref": "#/components/schemas/Kind"}},
            {"name": "silent", "in": "query", "schema": {"type": "string"}},
            components={"schemas": copy.deepcopy(SCHEMAS)},
        )
    )

    assert schemas(lowered) == [
        {"type": "string", "description": "Plain."},
        {"type": "string", "description": "List."},
        {"type": "string", "description": "Own."},
        {"$ref": "#/components/schemas/Kind"},
        {"type": "string"},
    ]
    assert lowered["components"]["schemas"] == SCHEMAS


def test_the_generated_function_says_what_its_parameters_are() -> None:
    """In the words of the fragment."""
    from anthropic_models_api.api.models import retrieve_model

    said = " ".join((retrieve_model.sync_detailed.__doc__ or "").split())

    assert "model_id (str, minLength=1): The id of a model, or an alias." in said
    assert "anthropic_beta (str, minLength=1 | Unset): Beta features to switch on" in said
