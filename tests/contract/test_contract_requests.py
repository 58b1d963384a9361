"""Every request, as a real socket saw it, obeys the fragment: openapi-core is the judge."""

import string

from cases import each
from hypothesis import given
from hypothesis import strategies as st
from schema_bodies import bounded

from anthropic_models import Omit

LETTERS = string.ascii_letters + string.digits
CREDENTIALS = ("x-api-key", "authorization")
# No part of any contract, so any value will do; and names that the client gives a value of its own.
EXTRA_NAMES = ["x-other", "X-Trace-Id", "User-Agent", "accept-language"]

tokens = st.text("!#$%&'*+.^_`|~-" + LETTERS, min_size=1)
values = st.lists(st.text(string.punctuation + LETTERS, min_size=1), min_size=1, max_size=3).map(" ".join)
betas = st.lists(tokens, max_size=5)
versions = st.sampled_from(["2023-06-01", "2026-10-21"]) | values
extras = st.dictionaries(st.sampled_from(EXTRA_NAMES), values)


@bounded
@given(version=versions, beta=betas, extra=extras, credential=values, is_token=st.booleans())
def test_options_may_be_combined(api, server, version, beta, extra, credential, is_token):
    """A version, betas and headers of the caller's own all arrive, with exactly one credential: a key or a token."""
    client = api.client(**({"api_key": None, "auth_token": credential} if is_token else {"api_key": credential}))
    api.retrieve(client, "claude-example-1", anthropic_version=version, betas=beta, extra_headers=extra)

    request = server.requests[-1]
    assert request.errors == ()
    assert request.header("anthropic-version") == [version]
    assert {name: request.header(name) for name in extra} == {name: [value] for name, value in extra.items()}
    sent = [[], [f"Bearer {credential}"]] if is_token else [[credential], []]
    assert [request.header(name) for name in CREDENTIALS] == sent


@each(
    "arguments",
    [
        {},
        {"betas": ("skills-2025-10-02",)},
        {"betas": {"skills-2025-10-02": 1, "not-yet-known": 2}.keys()},
        {"betas": ["skills-2025-10-02"], "extra_headers": {"Anthropic-Beta": "files-api-2025-04-14, not-yet-known"}},
        {"betas": ["skills-2025-10-02"], "extra_headers": {"anthropic-beta": Omit()}},
        {"extra_headers": {"Anthropic-Version": "2026-10-21"}},
        {"extra_headers": {"Authorization": "Bearer other"}},
        {"extra_headers": {"X-Api-Key": "other"}},
        {"extra_headers": {"Accept": "text/html", "User-Agent": Omit()}},
        {"extra_query": {"after": "a b", "flags": [True, None, 1], "nested": {"a": "ü"}}},
        {"extra_body": {"not": "sent"}, "timeout": 5},
    ],
)
def test_every_way_to_call_obeys_the_fragment(api, client, server, arguments):
    """Each option, parsed, raw and streaming: one request without fault or body, one model."""
    before = len(server.requests)
    models, asked = client.models, {"model_id": "claude-example-1", **arguments}
    parsed = api.run(models.retrieve(**asked))
    raw = api.run(models.with_raw_response.retrieve(**asked)).parse()
    streamed = api.inside(models.with_streaming_response.retrieve(**asked), lambda response: response.parse())

    sent = [(request.errors, request.body) for request in server.requests[before:]]
    assert sent == [((), b"")] * 3
    assert [info.id for info in (parsed, raw, streamed)] == ["claude-example-1"] * 3
