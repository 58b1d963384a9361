"""No request of ours is marked in error by Steady, which serves the fragment as people wrote it."""

import httpx
import pytest
from cases import each

COUNT = "x-steady-error-count"
MODEL = "/v1/models/claude-sonnet-4-20250514"
GOOD = {"x-api-key": "made-up", "anthropic-version": "2023-06-01"}


@pytest.fixture
def server(steady):
    """Both kinds of client talk to Steady here."""
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
def test_it_finds_no_error_in_a_request_of_ours(api, examples, credential, arguments):
    """Whatever the credential, betas, version, headers and id are; and its answer becomes the example's values."""
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
def test_it_finds_an_error_in_a_bad_request(steady, target, changes):
    """The count is not always 0: what another client sends wrong is counted, for all that the answer may be 200."""
    headers = {name: value for name, value in {**GOOD, **changes}.items() if value is not None}

    assert httpx.get(steady.url + MODEL, headers=GOOD).headers[COUNT] == "0"
    assert int(httpx.get(steady.url + target, headers=headers).headers[COUNT]) > 0
