"""The fragment says what the reference page and the vendor's public pages say, fact by fact; it may say more.

The page's facts are data: tests/facts.yaml. Where one has changed, that is the file to edit.
"""

from typing import Any

from cases import each
from facts import API_VERSION, FACTS, moved


def parameter(operation: Any, name: str) -> Any:
    """The parameter of that name."""
    return next(item for item in operation["parameters"] if item["name"] == name)


def test_the_endpoint_is_a_get_below_v1_models(fragment: Any) -> None:
    """GET https://api.anthropic.com/v1/models/{model_id} is an operation; any other is a GET too."""
    assert [server["url"] for server in fragment["servers"]] == ["https://api.anthropic.com"]
    assert "/v1/models/{model_id}" in fragment["paths"]
    assert {method for item in fragment["paths"].values() for method in item} == {"get"}


def test_the_request_has_the_parameters_of_the_page_and_no_body(operation: Any) -> None:
    """The page's parameters come first, and those that came later are all optional; there is no body."""
    found = [[item["in"], item["name"], item.get("required", False)] for item in operation["parameters"]]
    known = FACTS["parameters"]

    assert found[: len(known)] == known, moved("parameters")
    assert not any(required for _, _, required in found[len(known) :])
    assert "requestBody" not in operation


def test_a_model_id_is_a_non_empty_string(operation: Any) -> None:
    """`model_id` is an identifier or an alias, never empty."""
    assert parameter(operation, "model_id")["schema"] == {"type": "string", "minLength": 1}


def test_the_version_defaults_to_that_of_the_page(operation: Any) -> None:
    """`anthropic-version` is any string; where nothing else is said, it is the version that the fragment describes."""
    schema = parameter(operation, "anthropic-version")["schema"]

    assert (schema["type"], schema["default"]) == ("string", API_VERSION)
    assert FACTS["api_version"] == API_VERSION, moved("api_version")


def test_betas_are_a_list_in_one_header(operation: Any) -> None:
    """`anthropic-beta` is an array, written with commas in one header."""
    beta = parameter(operation, "anthropic-beta")

    assert (beta["schema"]["type"], beta["style"], beta["explode"]) == ("array", "simple", False)


def test_the_betas_of_the_page_are_known(fragment: Any) -> None:
    """The known betas are those of the page, in its order, in a schema of their own; later ones follow."""
    betas = FACTS["betas"]

    assert fragment["components"]["schemas"]["AnthropicBeta"]["enum"][: len(betas)] == betas, moved("betas")


def test_any_other_beta_is_allowed_too(operation: Any) -> None:
    """A beta is any string, or one of the known ones."""
    free, known = parameter(operation, "anthropic-beta")["schema"]["items"]["anyOf"]

    assert free["type"] == "string"
    assert "enum" not in free
    assert known["enum"]


def test_a_model_has_the_fields_of_the_page(operation: Any) -> None:
    """The page's fields are always there, in its order; any that came later may be missing."""
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]

    assert [name for name in schema["properties"] if name in FACTS["fields"]] == list(FACTS["fields"]), moved("fields")
    assert schema["required"] == list(FACTS["fields"]), moved("fields")


@each(("field", "said"), FACTS["fields"].items())
def test_a_field_has_its_type(operation: Any, field: str, said: dict[str, str]) -> None:
    """Each field of the page has the page's type."""
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    found = {name: value for name, value in schema["properties"][field].items() if name != "description"}

    assert found == said, moved(f"fields: {field}")


def test_an_answer_may_have_fields_that_are_not_known(operation: Any) -> None:
    """The vendor may add fields within one version, so no schema forbids them."""
    bodies = [answer["content"]["application/json"]["schema"] for answer in operation["responses"].values()]

    assert not any("additionalProperties" in body or "unevaluatedProperties" in body for body in bodies)


def test_the_example_is_that_of_the_page(operation: Any) -> None:
    """The first example of an answer is the page's own."""
    examples = operation["responses"]["200"]["content"]["application/json"]["examples"]

    example = next(iter(examples.values()))["value"]

    assert {name: example[name] for name in FACTS["example"]} == FACTS["example"], moved("example")


def test_an_unknown_release_date_is_an_epoch_value(operation: Any) -> None:
    """One example shows the epoch in place of a release date."""
    examples = operation["responses"]["200"]["content"]["application/json"]["examples"]

    assert "1970-01-01T00:00:00Z" in [example["value"]["created_at"] for example in examples.values()]


def test_there_are_two_ways_in_and_one_is_sent(fragment: Any, operation: Any) -> None:
    """`x-api-key` or a bearer token, declared on the operation as alternatives."""
    schemes = fragment["components"]["securitySchemes"]
    ways = [[schemes[name] for name in requirement] for requirement in operation["security"]]
    facts = [[(s["type"], s.get("in"), s.get("name"), s.get("scheme")) for s in way] for way in ways]

    assert facts == [[("apiKey", "header", "x-api-key", None)], [("http", None, None, "bearer")]]


def test_the_client_asks_the_server_of_the_fragment(fragment: Any) -> None:
    """What callers get without `base_url` is the first server of the fragment."""
    from anthropic_models import Anthropic

    with Anthropic(api_key="k") as client:
        assert str(client.base_url).rstrip("/") == fragment["servers"][0]["url"]
