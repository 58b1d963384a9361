"""The fragment says what the reference page and the vendor's public pages say, fact by fact."""

from typing import Any

from cases import each

BETAS = [
    "message-batches-2024-09-24",
    "prompt-caching-2024-07-31",
    "computer-use-2024-10-22",
    "computer-use-2025-01-24",
    "pdfs-2024-09-25",
    "token-counting-2024-11-01",
    "token-efficient-tools-2025-02-19",
    "output-128k-2025-02-19",
    "files-api-2025-04-14",
    "mcp-client-2025-04-04",
    "mcp-client-2025-11-20",
    "dev-full-thinking-2025-05-14",
    "interleaved-thinking-2025-05-14",
    "code-execution-2025-05-22",
    "extended-cache-ttl-2025-04-11",
    "context-1m-2025-08-07",
    "context-management-2025-06-27",
    "model-context-window-exceeded-2025-08-26",
    "skills-2025-10-02",
]


def parameter(operation: Any, name: str) -> Any:
    """The parameter of that name."""
    return next(item for item in operation["parameters"] if item["name"] == name)


def test_the_endpoint_is_a_get_below_v1_models(fragment: Any) -> None:
    """There is one operation: GET https://api.anthropic.com/v1/models/{model_id}."""
    assert [server["url"] for server in fragment["servers"]] == ["https://api.anthropic.com"]
    assert {path: sorted(item) for path, item in fragment["paths"].items()} == {"/v1/models/{model_id}": ["get"]}


def test_the_request_has_three_parameters_and_no_body(operation: Any) -> None:
    """One path parameter and two headers; no query, no body."""
    found = [(item["in"], item["name"], item.get("required", False)) for item in operation["parameters"]]

    assert found == [
        ("path", "model_id", True),
        ("header", "anthropic-version", True),
        ("header", "anthropic-beta", False),
    ]
    assert "requestBody" not in operation


def test_a_model_id_is_a_non_empty_string(operation: Any) -> None:
    """`model_id` is an identifier or an alias, never empty."""
    assert parameter(operation, "model_id")["schema"] == {"type": "string", "minLength": 1}


def test_the_version_defaults_to_that_of_the_page(operation: Any) -> None:
    """`anthropic-version` is any string, 2023-06-01 where nothing else is said."""
    schema = parameter(operation, "anthropic-version")["schema"]

    assert (schema["type"], schema["default"]) == ("string", "2023-06-01")


def test_betas_are_a_list_in_one_header(operation: Any) -> None:
    """`anthropic-beta` is an array, written with commas in one header."""
    beta = parameter(operation, "anthropic-beta")

    assert (beta["schema"]["type"], beta["style"], beta["explode"]) == ("array", "simple", False)


def test_the_page_knows_nineteen_betas(fragment: Any) -> None:
    """The known betas are those of the page, in its order, in a schema of their own."""
    assert len(BETAS) == 19
    assert fragment["components"]["schemas"]["AnthropicBeta"]["enum"] == BETAS


def test_any_other_beta_is_allowed_too(operation: Any) -> None:
    """A beta is any string, or one of the known ones."""
    free, known = parameter(operation, "anthropic-beta")["schema"]["items"]["anyOf"]

    assert free["type"] == "string"
    assert "enum" not in free
    assert known["enum"] == BETAS


def test_a_model_has_four_fields(operation: Any) -> None:
    """`id`, `created_at`, `display_name` and `type`, all four always there."""
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]

    assert list(schema["properties"]) == ["id", "created_at", "display_name", "type"]
    assert schema["required"] == ["id", "created_at", "display_name", "type"]


@each(
    ("field", "said"),
    [
        ("id", {"type": "string"}),
        ("created_at", {"type": "string", "format": "date-time"}),
        ("display_name", {"type": "string"}),
        ("type", {"const": "model"}),
    ],
)
def test_a_field_has_its_type(operation: Any, field: str, said: dict[str, str]) -> None:
    """`id` and `display_name` are strings, `created_at` is a date-time, `type` is the constant `model`."""
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]

    assert {name: value for name, value in schema["properties"][field].items() if name != "description"} == said


def test_an_answer_may_have_fields_that_are_not_known(operation: Any) -> None:
    """The vendor may add fields within one version, so no schema forbids them."""
    bodies = [answer["content"]["application/json"]["schema"] for answer in operation["responses"].values()]

    assert not any("additionalProperties" in body or "unevaluatedProperties" in body for body in bodies)


def test_the_example_is_that_of_the_page(operation: Any) -> None:
    """The first example of an answer is the page's own."""
    examples = operation["responses"]["200"]["content"]["application/json"]["examples"]

    assert next(iter(examples.values()))["value"] == {
        "id": "claude-sonnet-4-20250514",
        "created_at": "2025-02-19T00:00:00Z",
        "display_name": "Claude Sonnet 4",
        "type": "model",
    }


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
