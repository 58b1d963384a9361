"""Steady, which serves the hand-written fragment, finds no error in our requests."""

import httpx
import pytest
from cases import each

COUNT = "x-steady-error-count"
MODEL = "/v1/models/claude-sonnet-4-20250514"
GOOD = {"x-api-key": "made-up", "anthropic-version": "2023-06-01"}


@pytest.fixture
def server(steady):
    """The clients of these tests use Steady."""
    return steady


@each("credential", [{"api_key": "made-up"}, {"auth_token": "made-up", "api_key": None}])
@each(
    "arguments",
    [
        {},
        {"betas": []},
        {"betas": ["skills-2025-10-02"]},
        {"betas": ["skills-2025-10-02", "context-1m-2025-08-07", "not-yet-known"]},
        {"anthropic_version": "2026-10-21"},
        {"extra_headers": {"anthropic-beta": "files-api-2025-04-14, not-yet-known"}},
        {"extra_headers": {"x-other": "1"}},
        {"model_id": "a/b"},
        {"model_id": "a b?c#d%e"},
        {"model_id": "ü𝔘"},
    ],
)
def test_steady_finds_no_error_in_our_requests(api, examples, credential, arguments):
    """The error count is 0 for any credential, betas, version, headers and id, and the result equals an example."""
    client = api.client(**credential)
    raw = api.run(client.models.with_raw_response.retrieve(**{"model_id": "m", **arguments}))

    assert (raw.headers[COUNT], raw.headers["x-steady-matched-path"]) == ("0", "/v1/models/{model_id}")
    assert raw.parse().to_dict(mode="json") in examples[200].values()


@each(
    ("target", "changes"),
    [
        (MODEL, {"anthropic-version": None}),
        (MODEL, {"anthropic-version": ""}),
        (MODEL, {"anthropic-beta": ""}),
        (MODEL, {"anthropic-beta": "skills-2025-10-02,,not-yet-known"}),
        (f"{MODEL}?limit=1", {}),
        ("/v1/models/", {}),
        (f"/v1{MODEL}", {}),
    ],
)
def test_steady_finds_an_error_in_an_invalid_request(steady, target, changes):
    """The error count is above 0 for an invalid request, even if the status is 200."""
    headers = {name: value for name, value in {**GOOD, **changes}.items() if value is not None}

    assert httpx.get(steady.url + MODEL, headers=GOOD).headers[COUNT] == "0"
    assert int(httpx.get(steady.url + target, headers=headers).headers[COUNT]) > 0
