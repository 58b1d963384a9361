"""With the same program, the official SDK and this client send the same requests, except documented differences."""

import pytest
from cases import each

QUERY = {
    "text": "ü &=#?/+%~!*'()", "space here": "a b", "number": 2.5, "yes": True, "no": False, "none": None, "empty": "",
    "list": ["x", 1, True, None, "y,z"], "tuple": ("x", 2), "empty list": [],
    "nested": {"a": {"b": ["c", "d"]}, "none": None, "empty": {}},
}  # fmt: skip
PROGRAMS = {
    "the example": lambda lib: ({}, {"model_id": "claude-sonnet-4-20250514"}),
    "token": lambda lib: ({"api_key": None, "auth_token": "token"}, {}),
    "one beta": lambda lib: ({}, {"betas": ["context-1m-2025-08-07"]}),
    "betas": lambda lib: ({}, {"betas": ["context-1m-2025-08-07", "not-known-2030-01-01"]}),
    "betas omitted": lambda lib: ({}, {"betas": lib.omit}),
    "betas not given": lambda lib: ({}, {"betas": lib.NOT_GIVEN}),
    "beta replaced": lambda lib: ({}, {"betas": ["a"], "extra_headers": {"anthropic-beta": "b"}}),
    "beta removed": lambda lib: ({}, {"betas": ["a"], "extra_headers": {"anthropic-beta": lib.Omit()}}),
    "beta by default": lambda lib: ({"default_headers": {"anthropic-beta": "b"}}, {}),
    "beta over default": lambda lib: ({"default_headers": {"anthropic-beta": "b"}}, {"betas": ["a"]}),
    "version replaced": lambda lib: ({}, {"extra_headers": {"anthropic-version": "2026-10-21"}}),
    "version by default": lambda lib: ({"default_headers": {"anthropic-version": "2026-10-21"}}, {}),
    "default headers": lambda lib: ({"default_headers": {"X-Foo": "a", "x-bar": "b"}}, {}),
    "extra headers win": lambda lib: ({"default_headers": {"X-Foo": "a"}}, {"extra_headers": {"X-Foo": "b"}}),
    "header restored": lambda lib: ({"default_headers": {"X-Foo": lib.Omit()}}, {"extra_headers": {"X-Foo": "b"}}),
    "header not given": lambda lib: ({"default_headers": {"X-Foo": "a"}}, {"extra_headers": {"X-Foo": lib.NOT_GIVEN}}),
    "header without a value": lambda lib: ({"default_headers": {"X-Foo": ""}}, {}),
    "header removed": lambda lib: ({"default_headers": {"X-Foo": "a"}}, {"extra_headers": {"X-Foo": lib.Omit()}}),
    "accept replaced": lambda lib: ({}, {"extra_headers": {"Accept": "text/plain"}}),
    "key replaced": lambda lib: ({}, {"extra_headers": {"X-Api-Key": "other"}}),
    "retry count replaced": lambda lib: ({}, {"extra_headers": {"x-stainless-retry-count": "7"}}),
    "retry count removed": lambda lib: ({}, {"extra_headers": {"x-stainless-retry-count": lib.Omit()}}),
    "extra body": lambda lib: ({}, {"extra_body": {"a": 1}}),
    "timeouts": lambda lib: ({"timeout": 5}, {"timeout": lib.Timeout(7, connect=1)}),
    "no timeout": lambda lib: ({"timeout": None}, {"timeout": None}),
    "default query": lambda lib: ({"default_query": {"a": 1, "b": "x"}}, {}),
    "query dropped": lambda lib: (
        {"default_query": {"a": 1, "b": {"x": 1}}},
        {"extra_query": {"a": None, "b": {"y": 2}}},
    ),
    "queries merged": lambda lib: ({"default_query": {"a": 1, "b": 2}}, {"extra_query": {"b": 3, "c": 4}}),
    "query of every kind": lambda lib: ({}, {"extra_query": QUERY}),
}


@each("name", PROGRAMS)
def test_the_same_program_sends_the_same_request(both, name):
    """Method, path, query and headers are the same, and so is the resulting model."""
    official, ours = both(PROGRAMS[name])

    assert len(official.sent) == 1
    assert ours.sent == official.sent
    assert (ours.outcome.id, ours.outcome.to_dict()) == (official.outcome.id, official.outcome.to_dict())


@pytest.mark.breaks_contract("no credential is sent")
@each("name", ["X-Api-Key", "Authorization"])
def test_the_same_program_without_a_credential_sends_the_same_request(both, name):
    """With `Omit()` for the credential header, the rest of the request is the same."""
    official, ours = both(lambda lib: ({"api_key": None}, {"extra_headers": {name: lib.Omit()}}))

    assert ours.sent == official.sent
