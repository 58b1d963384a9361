"""The answers of the fragment are those of the vendor's public pages: statuses, bodies of errors, headers."""

from typing import Any

from cases import each

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


def test_the_statuses_are_200_and_nine_errors(operation: Any) -> None:
    """Success, and the errors that the vendor documents."""
    assert list(operation["responses"]) == ["200", *ERRORS]


@each(("status", "kind"), ERRORS.items())
def test_an_error_status_has_its_type_of_error(operation: Any, status: str, kind: str) -> None:
    """Each error status has an example with the `type` that the vendor gives it."""
    example = operation["responses"][status]["content"]["application/json"]["example"]

    assert (example["type"], example["error"]["type"]) == ("error", kind)


def test_an_error_has_a_type_a_message_and_perhaps_a_request_id(operation: Any) -> None:
    """`type` and `error` are always there; `request_id` may be missing or null."""
    schema = operation["responses"]["400"]["content"]["application/json"]["schema"]

    assert schema["required"] == ["type", "error"]
    assert schema["properties"]["error"]["required"] == ["type", "message"]
    assert schema["properties"]["request_id"]["type"] == ["string", "null"]


@each("status", ["200", *ERRORS])
def test_every_answer_has_a_request_id(operation: Any, status: str) -> None:
    """The header `request-id` is on every answer."""
    assert operation["responses"][status]["headers"]["request-id"]["schema"] == {"type": "string"}


def test_retry_after_comes_with_429_and_529(operation: Any) -> None:
    """`retry-after`, in seconds, comes when waiting helps."""
    found = [status for status, answer in operation["responses"].items() if "retry-after" in answer["headers"]]

    assert found == ["429", "529"]


@each(("header", "type_"), [("limit", "integer"), ("remaining", "integer"), ("reset", "string")])
def test_rate_limits_are_told_by_success_and_429(operation: Any, header: str, type_: str) -> None:
    """The three headers of the request limit come with a model and with a rate-limit error."""
    name = f"anthropic-ratelimit-requests-{header}"
    found = {status: answer["headers"].get(name) for status, answer in operation["responses"].items()}

    assert [status for status, said in found.items() if said] == ["200", "429"]
    assert found["429"]["schema"]["type"] == type_
