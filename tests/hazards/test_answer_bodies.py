"""A success is a model that obeys the fragment, or APIResponseValidationError; nothing else comes out."""

from __future__ import annotations

import json
from typing import Any

from hostile import MODEL, answer
from outcomes import asked, by_name, types

from anthropic_models import APIResponseValidationError


def model(**changes: Any) -> dict[str, Any]:
    """The example with some fields changed; None as it is, ... leaves one out."""
    return {name: value for name, value in {**MODEL, **changes}.items() if value is not ...}


NOT_MODELS = {
    "HTML": b"<html><body>login</body></html>",
    "nothing": b"",
    "white space": b" \n ",
    "null": b"null",
    "true": b"true",
    "number": b"5",
    "string": b'"claude"',
    "array": b"[]",
    "object": b"{}",
    "error envelope": json.dumps({"type": "error", "error": {"type": "api_error", "message": "m"}}).encode(),
    "list page": json.dumps({"data": [MODEL], "has_more": False, "first_id": "a", "last_id": "b"}).encode(),
    "array of one": json.dumps([MODEL]).encode(),
    "two values": json.dumps(MODEL).encode() * 2,
    "cut": json.dumps(MODEL).encode()[:-1],
    "comma": json.dumps(MODEL).encode()[:-1] + b",}",
    "single quotes": repr(MODEL).encode(),
    "bad UTF-8": json.dumps(MODEL).encode().replace(b"Claude", b"\xff\xfe"),
    "UTF-16": json.dumps(MODEL).encode("utf-16"),
    "half a character": json.dumps(MODEL).encode().replace(b"Claude", rb"\ud800"),
    "half a character unseen": json.dumps(model(x="@")).encode().replace(b"@", rb"\udfff"),
    "NaN": json.dumps(model(x=float("nan"))).encode(),
    "Infinity": json.dumps(model(x=float("-inf"))).encode(),
    "beyond a float": json.dumps(model(x="@")).encode().replace(b'"@"', b"1e999"),
    "200,000 levels of arrays": b"[" * 200_000,
    "200,000 levels of objects": b'{"a":' * 200_000,
    "whole nest": b"[" * 200_000 + b"]" * 200_000,
    "nest in a field": json.dumps(model(x="@")).encode().replace(b'"@"', b"[" * 100_000 + b"]" * 100_000),
    "nest of 900": json.dumps(model(x="@")).encode().replace(b'"@"', b"[" * 900 + b"]" * 900),
    "5,000 digits": json.dumps(model(x="@")).encode().replace(b'"@"', b"9" * 5000),
    "control character": json.dumps(MODEL).encode().replace(b"Claude", b"\x00"),
    "zero bytes": b"\x00" * 100,
    "200,000 objects": json.dumps(model(x="@")).encode().replace(b'"@"', b"[" + b"{}," * 200_000 + b"{}]"),
}  # fmt: skip
FIELDS = {
    "id missing": ("id", model(id=...)),
    "id null": ("id", model(id=None)),
    "id number": ("id", model(id=5)),
    "id list": ("id", model(id=["a"])),
    "name missing": ("display_name", model(display_name=...)),
    "name object": ("display_name", model(display_name={})),
    "name true": ("display_name", model(display_name=True)),
    "type other": ("type", model(type="error")),
    "type missing": ("type", model(type=...)),
    "type number": ("type", model(type=1)),
    "type list": ("type", model(type=["model"])),
    "date missing": ("created_at", model(created_at=...)),
    "date null": ("created_at", model(created_at=None)),
    "date number": ("created_at", model(created_at=1740000000)),
    "date words": ("created_at", model(created_at="yesterday")),
    "date naive": ("created_at", model(created_at="2025-02-19T00:00:00")),
    "date object": ("created_at", model(created_at={"a": 1})),
}


CONTENT_TYPES = {
    "HTML": "text/html",
    "another encoding": "application/json; charset=utf-16",
    "none": "",
    "nonsense": "x",
    "XML": "application/xml",
}


def test_a_body_that_is_no_model_is_a_validation_error(any_api: Any, serve: Any) -> None:
    """With status, request id and at most 2 kB of the body in a message that stays short."""
    headers = [("request-id", "req_1")]
    server = serve(by_name({name: answer(body, headers=headers) for name, body in NOT_MODELS.items()}))

    errors = any_api.outcomes(any_api.client(server.url, max_retries=2), NOT_MODELS)

    assert types(errors) == dict.fromkeys(NOT_MODELS, APIResponseValidationError)
    assert {name: (error.status_code, error.request_id) for name, error in errors.items()} == dict.fromkeys(
        NOT_MODELS, (200, "req_1")
    )
    assert [name for name, error in errors.items() if "200" not in str(error) or "req_1" not in str(error)] == []
    assert [name for name, error in errors.items() if len(str(error)) >= 5000] == []
    assert [name for name, error in errors.items() if error.response.content != NOT_MODELS[name]] == []
    assert asked(server) == dict.fromkeys(NOT_MODELS, 1)


def test_the_field_at_fault_is_named(any_api: Any, serve: Any) -> None:
    """A missing field, a null, another type, another constant, a date that is no date."""
    server = serve(by_name({name: answer(body) for name, (_, body) in FIELDS.items()}))

    errors = any_api.outcomes(any_api.client(server.url), FIELDS)

    assert types(errors) == dict.fromkeys(FIELDS, APIResponseValidationError)
    assert {name: str(error) for name, error in errors.items() if f"{FIELDS[name][0]}:" not in str(error)} == {}
    assert {name: error.body for name, error in errors.items()} == {name: body for name, (_, body) in FIELDS.items()}


def test_another_success_is_no_model(any_api: Any, serve: Any) -> None:
    """The fragment describes 200 alone; a partial answer with a whole model in it is none."""
    statuses = {str(status): status for status in (201, 202, 204, 206, 299)}
    server = serve(
        by_name({name: answer(MODEL if status != 204 else b"", status) for name, status in statuses.items()})
    )

    errors = any_api.outcomes(any_api.client(server.url), statuses)

    assert types(errors) == dict.fromkeys(statuses, APIResponseValidationError)
    assert {name: error.status_code for name, error in errors.items()} == statuses


def test_the_content_type_does_not_matter(any_api: Any, serve: Any) -> None:
    """JSON is read whatever it is called, as UTF-8, with or without its mark."""
    marked = answer(b"\xef\xbb\xbf" + json.dumps(MODEL).encode())
    server = serve(
        by_name({name: marked.replace(b"application/json", kind.encode()) for name, kind in CONTENT_TYPES.items()})
    )
    client = any_api.client(server.url)

    assert {name: any_api.retrieve(client, name).to_dict(mode="json") for name in CONTENT_TYPES} == dict.fromkeys(
        CONTENT_TYPES, MODEL
    )
