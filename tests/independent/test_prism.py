"""Every response that the fragment declares, sent by Prism, becomes the right value or error."""

import pickle

import httpx
import pytest
from cases import each
from facts import ERROR_OF

import anthropic_models

VIOLATIONS = "sl-violations"
WAITS = {400: [], 401: [], 403: [], 404: [], 413: [], 429: [1, 1], 500: [0.5, 1], 504: [0.5, 1], 529: [1, 1]}
"""The delays between the attempts by status; `retry-after` of an example is one second."""


@pytest.fixture
def server(prism):
    """The clients of these tests use Prism."""
    return prism


@each(("status", "waits"), WAITS.items())
def test_a_declared_error_has_its_class_and_attempts(api, prism, examples, naps, status, waits):
    """Its body is the fragment's example, its request id that of the header, and Prism's log has each attempt."""
    expected = getattr(anthropic_models, ERROR_OF.get(status, "InternalServerError"))
    before = prism.log.read_text(encoding="utf-8").count("Request received")
    with pytest.raises(anthropic_models.APIStatusError) as caught:
        api.retrieve(extra_headers={"Prefer": f"code={status}"})

    error = caught.value
    [body] = examples[status].values()
    assert type(error) is expected
    assert (error.status_code, error.body, error.request_id) == (status, body, error.response.headers["request-id"])
    assert VIOLATIONS not in error.response.headers
    assert prism.log.read_text(encoding="utf-8").count("Request received") - before == len(waits) + 1
    assert naps == waits
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
    assert {200, *WAITS} == set(examples)


@each("name", ["model", "unknown_release_date"])
@each("betas", [[], ["skills-2025-10-02"], ["skills-2025-10-02", "not-yet-known"]])
@each("credential", [{"api_key": "made-up"}, {"auth_token": "made-up", "api_key": None}])
def test_a_declared_success_becomes_its_values(api, examples, credential, betas, name):
    """Each example of a model becomes an equal value, and Prism finds no violation in the request."""
    resource = api.client(**credential).models.with_raw_response
    raw = api.run(resource.retrieve("m", betas=betas, extra_headers={"Prefer": f"example={name}"}))

    assert VIOLATIONS not in raw.headers
    assert raw.parse().to_dict(mode="json") == examples[200][name]


@each("headers", [{"x-api-key": "made-up"}, {"anthropic-version": "2023-06-01"}])
def test_prism_finds_a_violation_in_an_invalid_request(prism, headers):
    """Prism does report violations, so that their absence in our requests means something."""
    assert VIOLATIONS in httpx.get(f"{prism.url}/v1/models/claude-sonnet-4-20250514", headers=headers).headers
