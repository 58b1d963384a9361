"""The fragment says what the reference page and the vendor's public pages say, fact by fact; it may say more.

The page's facts are data: tests/facts.yaml. Where one has changed, that is the file to edit.
"""

from typing import Any

from cases import each
from facts import API_VERSION, FACTS, moved

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


def parameter(operation: Any, name: str) -> Any:
    """The parameter of that name."""
    return next(item for item in operation["parameters"] if item["name"] == name)


def test_the_endpoint_is_a_get_below_v1_models(fragment):
    """GET https://api.anthropic.com/v1/models/{model_id} is an operation; any other is a GET too."""
    assert [server["url"] for server in fragment["servers"]] == ["https://api.anthropic.com"]
    assert "/v1/models/{model_id}" in fragment["paths"]
    assert {method for item in fragment["paths"].values() for method in item} == {"get"}


def test_the_request_has_the_parameters_of_the_page_and_no_body(operation):
    """The page's parameters come first, and those that came later are all optional; there is no body."""
    found = [[item["in"], item["name"], item.get("required", False)] for item in operation["parameters"]]
    known = FACTS["parameters"]

    assert found[: len(known)] == known, moved("parameters")
    assert not any(required for _, _, required in found[len(known) :])
    assert "requestBody" not in operation


def test_the_parameters_are_as_on_the_page(operation):
    """`model_id` is never empty; any version is allowed, with a default; betas are a list in one header."""
    version, beta = (parameter(operation, name) for name in ("anthropic-version", "anthropic-beta"))

    assert parameter(operation, "model_id")["schema"] == {"type": "string", "minLength": 1}
    assert (version["schema"]["type"], version["schema"]["default"]) == ("string", API_VERSION)
    assert FACTS["api_version"] == API_VERSION, moved("api_version")
    assert (beta["schema"]["type"], beta["style"], beta["explode"]) == ("array", "simple", False)


def test_the_betas_of_the_page_are_known(fragment):
    """The known betas are those of the page, in its order, in a schema of their own; later ones follow."""
    betas = FACTS["betas"]

    assert fragment["components"]["schemas"]["AnthropicBeta"]["enum"][: len(betas)] == betas, moved("betas")


def test_any_other_beta_is_allowed_too(operation):
    """A beta is any string, or one of the known ones."""
    free, known = parameter(operation, "anthropic-beta")["schema"]["items"]["anyOf"]

    assert free["type"] == "string"
    assert "enum" not in free
    assert known["enum"]


def test_a_model_has_the_fields_of_the_page(operation):
    """The page's fields are always there, in its order; any that came later may be missing."""
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]

    assert [name for name in schema["properties"] if name in FACTS["fields"]] == list(FACTS["fields"]), moved("fields")
    assert schema["required"] == list(FACTS["fields"]), moved("fields")


@each(("field", "said"), FACTS["fields"].items())
def test_a_field_has_its_type(operation, field, said):
    """Each field of the page has the page's type."""
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    found = {name: value for name, value in schema["properties"][field].items() if name != "description"}

    assert found == said, moved(f"fields: {field}")


def test_an_answer_may_have_fields_that_are_not_known(operation):
    """The vendor may add fields within one version, so no schema forbids them."""
    bodies = [answer["content"]["application/json"]["schema"] for answer in operation["responses"].values()]

    assert not any("additionalProperties" in body or "unevaluatedProperties" in body for body in bodies)


def test_the_first_example_is_that_of_the_page(operation):
    """Another shows an unknown release date, which is the epoch."""
    examples = operation["responses"]["200"]["content"]["application/json"]["examples"]
    first, *rest = [example["value"] for example in examples.values()]

    assert {name: first[name] for name in FACTS["example"]} == FACTS["example"], moved("example")
    assert "1970-01-01T00:00:00Z" in [example["created_at"] for example in rest]


def test_an_error_status_has_its_type_of_error(operation):
    """Beside success there are nine errors, each with an example of the `type` that the vendor gives it."""
    answers = {status: answer["content"]["application/json"] for status, answer in operation["responses"].items()}
    kinds = {status: (it["example"]["type"], it["example"]["error"]["type"]) for status, it in [*answers.items()][1:]}
    schema = answers["400"]["schema"]

    assert list(answers) == ["200", *ERRORS]
    assert kinds == {status: ("error", kind) for status, kind in ERRORS.items()}
    assert (schema["required"], schema["properties"]["error"]["required"]) == (["type", "error"], ["type", "message"])
    assert schema["properties"]["request_id"]["type"] == ["string", "null"]


def test_answers_have_the_headers_that_the_vendor_documents(operation):
    """`request-id` always; `retry-after` when waiting helps; the request limit with a model and a rate-limit error."""
    answers = {status: answer["headers"] for status, answer in operation["responses"].items()}
    found = {name: [status for status in answers if name in answers[status]] for name in answers["429"]}
    types = {name: header["schema"]["type"] for name, header in answers["429"].items()}
    limits = {"limit": "integer", "remaining": "integer", "reset": "string"}

    assert (found["request-id"], types["request-id"]) == (list(answers), "string")
    assert found["retry-after"] == ["429", "529"]
    for name, type_ in limits.items():
        header = f"anthropic-ratelimit-requests-{name}"
        assert (found[header], types[header]) == (["200", "429"], type_)


def test_there_are_two_ways_in_and_one_is_sent(fragment, operation):
    """`x-api-key` or a bearer token, declared on the operation as alternatives."""
    schemes = fragment["components"]["securitySchemes"]
    ways = [[schemes[name] for name in requirement] for requirement in operation["security"]]
    facts = [[(s["type"], s.get("in"), s.get("name"), s.get("scheme")) for s in way] for way in ways]

    assert facts == [[("apiKey", "header", "x-api-key", None)], [("http", None, None, "bearer")]]


def test_the_client_asks_the_server_of_the_fragment(fragment):
    """What callers get without `base_url` is the first server of the fragment."""
    from anthropic_models import Anthropic

    with Anthropic(api_key="k") as client:
        assert str(client.base_url).rstrip("/") == fragment["servers"][0]["url"]
