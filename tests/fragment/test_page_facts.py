"""The fragment states every fact of the reference page and of the vendor's public pages; it may state more.

The page's facts are data: tests/facts.yaml. If one of them has changed, edit that file.
"""

from pathlib import Path
from typing import Any

from codegen import document, references
from facts import API_VERSION, FACTS, FRAGMENT, moved
from fragment.small import lint_errors
from openapi_spec_validator import OpenAPIV31SpecValidator

ERRORS = {
    "400": "invalid_request_error",
    "401": "authentication_error",
    "403": "permission_error",
    "404": "not_found_error",
    "413": "request_too_large",
    "429": "rate_limit_error",
    "500": "api_error",
    "504": "timeout_error",
    "529": "overloaded_error",
}


def resolved(value: Any) -> Any:
    """A part of the fragment with each reference replaced by its target."""
    value = references.follow(FRAGMENT, value)
    if isinstance(value, dict):
        return {name: resolved(item) for name, item in value.items()}
    return [resolved(item) for item in value] if isinstance(value, list) else value


OPERATION = resolved(FRAGMENT["paths"]["/v1/models/{model_id}"]["get"])
PARAMETERS = {item["name"]: item for item in OPERATION["parameters"]}


def test_the_fragment_is_valid(tmp_path):
    """The fragment passes our lint and openapi-spec-validator, and PyYAML reads the same data as regeneration."""
    path = Path(__file__).resolve().parents[2] / "openapi" / "models.yaml"

    assert lint_errors(tmp_path, path.read_text(encoding="utf-8")) == []
    assert [error.message for error in OpenAPIV31SpecValidator(FRAGMENT).iter_errors()] == []
    assert document.load(path, "models.yaml").data == FRAGMENT


def test_the_endpoint_is_a_get_below_v1_models():
    """GET https://api.anthropic.com/v1/models/{model_id} is an operation; all other operations are GET too."""
    assert [server["url"] for server in FRAGMENT["servers"]] == ["https://api.anthropic.com"]
    assert {method for item in FRAGMENT["paths"].values() for method in item} == {"get"}


def test_the_request_is_as_on_the_page():
    """The page's parameters come first, others are optional; `model_id` is not empty; a header has a list of betas."""
    found = [[item["in"], item["name"], item.get("required", False)] for item in OPERATION["parameters"]]
    known = FACTS["parameters"]
    version, beta = (PARAMETERS[name] for name in ("anthropic-version", "anthropic-beta"))

    assert found[: len(known)] == known, moved("parameters")
    assert not any(required for _, _, required in found[len(known) :])
    assert "requestBody" not in OPERATION
    assert PARAMETERS["model_id"]["schema"] == {"type": "string", "minLength": 1}
    assert (version["schema"]["type"], version["schema"]["default"]) == ("string", API_VERSION)
    assert FACTS["api_version"] == API_VERSION, moved("api_version")
    assert (beta["schema"]["type"], beta["style"], beta["explode"]) == ("array", "simple", False)


def test_the_betas_of_the_page_are_known_and_any_other_is_allowed():
    """A beta is any string; the known ones are those of the page, in its order, and then later ones."""
    free, known = PARAMETERS["anthropic-beta"]["schema"]["items"]["anyOf"]
    betas = FACTS["betas"]

    assert (free["type"], "enum" in free) == ("string", False)
    assert known["enum"][: len(betas)] == betas, moved("betas")


def test_a_model_is_as_on_the_page():
    """The page's fields are required, with its order and types; its example is the first; another one has the epoch."""
    content = OPERATION["responses"]["200"]["content"]["application/json"]
    properties, known = content["schema"]["properties"], FACTS["fields"]
    first, *rest = [example["value"] for example in content["examples"].values()]

    assert [name for name in properties if name in known] == list(known), moved("fields")
    assert content["schema"]["required"] == list(known), moved("fields")
    for field, expected in known.items():
        found = {name: value for name, value in properties[field].items() if name != "description"}
        assert found == expected, moved(f"fields: {field}")
    assert {name: first[name] for name in FACTS["example"]} == FACTS["example"], moved("example")
    assert "1970-01-01T00:00:00Z" in [example["created_at"] for example in rest]


def test_an_error_status_has_its_type_of_error():
    """There are nine error statuses, each with an example of its `type`; no response forbids unknown fields."""
    responses = {status: response["content"]["application/json"] for status, response in OPERATION["responses"].items()}
    kinds = {status: (it["example"]["type"], it["example"]["error"]["type"]) for status, it in [*responses.items()][1:]}
    schema, closing = responses["400"]["schema"], {"additionalProperties", "unevaluatedProperties"}

    assert list(responses) == ["200", *ERRORS]
    assert kinds == {status: ("error", kind) for status, kind in ERRORS.items()}
    assert (schema["required"], schema["properties"]["error"]["required"]) == (["type", "error"], ["type", "message"])
    assert schema["properties"]["request_id"]["type"] == ["string", "null"]
    assert not any(closing & response["schema"].keys() for response in responses.values())


def test_responses_have_the_headers_that_the_vendor_documents():
    """All responses have `request-id`; 429 and 529 have `retry-after`; 200 and 429 have the rate limit of requests."""
    responses = {status: response["headers"] for status, response in OPERATION["responses"].items()}
    found = {name: [status for status in responses if name in responses[status]] for name in responses["429"]}
    types = {name: header["schema"]["type"] for name, header in responses["429"].items()}
    limits = {"limit": "integer", "remaining": "integer", "reset": "string"}

    assert (found["request-id"], types["request-id"]) == (list(responses), "string")
    assert found["retry-after"] == ["429", "529"]
    for name, type_ in limits.items():
        header = f"anthropic-ratelimit-requests-{name}"
        assert (found[header], types[header]) == (["200", "429"], type_)


def test_there_are_two_alternative_credentials():
    """The operation accepts `x-api-key` or a bearer token."""
    schemes = FRAGMENT["components"]["securitySchemes"]
    alternatives = [[schemes[name] for name in requirement] for requirement in OPERATION["security"]]

    assert [[(it["type"], it.get("in"), it.get("name"), it.get("scheme")) for it in each] for each in alternatives] == [
        [("apiKey", "header", "x-api-key", None)],
        [("http", None, None, "bearer")],
    ]
