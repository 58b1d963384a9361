"""Every answer that the fragment declares, from Prism, becomes the right value or error."""

import pickle

import httpx
import pytest
from servers import Running

import anthropic_models

VIOLATIONS = "sl-violations"
MODEL = "/v1/models/claude-sonnet-4-20250514"
ERRORS = {
    400: (anthropic_models.BadRequestError, 1),
    401: (anthropic_models.AuthenticationError, 1),
    403: (anthropic_models.PermissionDeniedError, 1),
    404: (anthropic_models.NotFoundError, 1),
    413: (anthropic_models.RequestTooLargeError, 1),
    429: (anthropic_models.RateLimitError, 3),
    500: (anthropic_models.InternalServerError, 3),
    504: (anthropic_models.InternalServerError, 3),
    529: (anthropic_models.OverloadedError, 3),
}
"""By status: the class of the error, and how often a client sends the request by default."""


@pytest.fixture
def server(prism: Running) -> Running:
    """Both kinds of client talk to Prism here."""
    return prism


def received(prism: Running) -> int:
    """How many requests Prism has received, by its own log."""
    return prism.log.read_text(encoding="utf-8").count("Request received")


def test_every_declared_error_is_expected_here(examples):
    """A status that is added to the fragment needs a line in the table above."""
    assert {200, *ERRORS} == set(examples)


@pytest.mark.parametrize("status", ERRORS)
def test_a_declared_error_has_its_class_and_its_number_of_attempts(api, prism, examples, naps, status):
    """The body is the fragment's example, the request id is the header's, and Prism counts the attempts."""
    expected, attempts = ERRORS[status]
    before = received(prism)

    with pytest.raises(anthropic_models.APIStatusError) as caught:
        api.retrieve(extra_headers={"Prefer": f"code={status}"})

    error = caught.value
    [body] = examples[status].values()
    assert type(error) is expected
    assert (error.status_code, error.body, error.request_id) == (status, body, error.response.headers["request-id"])
    assert VIOLATIONS not in error.response.headers
    assert received(prism) - before == attempts
    assert len(naps) == attempts - 1
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


@pytest.mark.parametrize("status", [429, 529])
def test_the_wait_between_attempts_is_the_one_that_prism_asks_for(api, naps, status):
    """`retry-after` of the fragment's example is one second."""
    with pytest.raises(anthropic_models.APIStatusError) as caught:
        api.retrieve(extra_headers={"Prefer": f"code={status}"})

    assert (naps, caught.value.retry_after) == ([1.0, 1.0], 1.0)


def test_a_client_that_may_not_retry_sends_once(api, prism):
    """`max_retries=0` is heeded for an answer that would be retried."""
    before = received(prism)

    with pytest.raises(anthropic_models.OverloadedError):
        api.retrieve(api.client(max_retries=0), extra_headers={"Prefer": "code=529"})

    assert received(prism) - before == 1


@pytest.mark.parametrize("name", ["model", "unknown_release_date"])
@pytest.mark.parametrize("betas", [[], ["skills-2025-10-02"], ["skills-2025-10-02", "not-yet-known"]], ids=len)
@pytest.mark.parametrize("credential", [{"api_key": "made-up"}, {"auth_token": "made-up", "api_key": None}], ids=repr)
def test_a_declared_success_becomes_its_values(api, examples, credential, betas, name):
    """Each example of a model comes back as it is, and Prism finds no violation in the request."""
    client = api.client(**credential)
    raw = api.run(
        client.models.with_raw_response.retrieve("m", betas=betas, extra_headers={"Prefer": f"example={name}"})
    )

    assert VIOLATIONS not in raw.headers
    assert raw.parse().to_dict(mode="json") == examples[200][name]


@pytest.mark.parametrize(
    "headers", [{"x-api-key": "made-up"}, {"anthropic-version": "2023-06-01"}], ids=["no version", "no credential"]
)
def test_it_finds_a_violation_in_a_bad_request(prism, headers):
    """That no violation is told of ours means something: other clients' are."""
    assert VIOLATIONS in httpx.get(prism.url + MODEL, headers=headers).headers
