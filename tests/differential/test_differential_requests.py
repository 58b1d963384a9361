"""The official SDK and ours, running the same program, send the same requests but for the listed differences."""

from urllib.parse import unquote

import pytest
from cases import each
from recording import Answer

PROGRAMS = {
    "as on the page": lambda lib: ({}, {"model_id": "claude-sonnet-4-20250514"}),
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
    "query of every kind": lambda lib: (
        {},
        {
            "extra_query": {
                "text": "ü &=#?/+%~!*'()",
                "space here": "a b",
                "number": 2.5,
                "yes": True,
                "no": False,
                "none": None,
                "empty": "",
                "list": ["x", 1, True, None, "y,z"],
                "tuple": ("x", 2),
                "nested": {"a": {"b": ["c", "d"]}, "none": None, "empty": {}},
                "empty list": [],
            }
        },
    ),
}
IDS = ["claude-3-5-sonnet@20240620", "a:b", "a,b;c=d&e+f$g!h", "~._-", "...", "modèle", "two words", "(x)'*"]
ELSEWHERE = pytest.mark.breaks_contract("the API is behind a path of its own")


@each("name", PROGRAMS)
def test_the_same_program_sends_the_same_request(both, name):
    """Method, path, query and headers are the same, and so is the model that comes out."""
    official, ours = both(PROGRAMS[name])

    assert len(official.sent) == 1
    assert ours.sent == official.sent
    assert (ours.outcome.id, ours.outcome.to_dict()) == (official.outcome.id, official.outcome.to_dict())


@pytest.mark.breaks_contract("no credential is sent")
@each("name", ["X-Api-Key", "Authorization"])
def test_the_same_program_without_a_credential_sends_the_same_request(both, name):
    """Where the credential is left out on purpose, nothing else is missing either."""
    official, ours = both(lambda lib: ({"api_key": None}, {"extra_headers": {name: lib.Omit()}}))

    assert ours.sent == official.sent


@ELSEWHERE
@each("path", ["", "/", "/custom/path", "/custom/path/"])
@each("of_environment", [False, True])
def test_the_same_base_url_leads_to_the_same_path(both, server, path, of_environment):
    """A path in it, with or without a slash, is treated alike; key and address from the environment too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ANTHROPIC_API_KEY", "from-env")
        patch.setenv("ANTHROPIC_BASE_URL", server.url + path)
        given = {"api_key": None, "base_url": None} if of_environment else {"base_url": server.url + path}
        official, ours = both(lambda lib: (given, {}))

    assert ours.sent == official.sent


@each("model_id", IDS)
def test_the_same_id_names_the_same_resource(both, model_id):
    """An id without `/`, `?`, `#` and `%` names the same path: its escapes may differ, not its meaning."""
    official, ours = both(lambda lib: ({}, {"model_id": model_id}))

    assert unquote(ours.requests[0].target) == unquote(official.requests[0].target) == f"/v1/models/{model_id}"


@each(
    ("status", "headers", "attempts"),
    [
        *((status, {}, 2) for status in (408, 409, 429, 500, 502, 503, 504, 529)),
        (400, {"x-should-retry": "true"}, 2),
        (500, {"x-should-retry": "false"}, 1),
        (429, {"x-should-retry": "false"}, 1),
    ],
)
@each("max_retries", [0, 1])
def test_the_same_failures_are_retried_alike(both, status, headers, attempts, max_retries):
    """The same statuses, and `x-should-retry`, lead to as many attempts, each with the same headers and count."""
    failure = Answer(status, "{}", {"retry-after-ms": "1", **headers})
    official, ours = both(lambda lib: ({"max_retries": max_retries}, {}), failure)

    assert len(official.sent) == (attempts if max_retries else 1)
    assert ours.sent == official.sent


def test_a_redirect_within_the_origin_is_followed_alike(both):
    """A redirect to the same origin leads to the same second request."""
    official, ours = both(lambda lib: ({}, {"betas": ["a"]}), Answer(307, "", {"location": "/v1/models/other?a=b"}))

    assert len(official.sent) == 2
    assert ours.sent == official.sent
