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


@bounded
@given(version=versions, beta=betas, extra=st.dictionaries(st.sampled_from(EXTRA_NAMES), values))
def test_options_may_be_combined(api, client, server, version, beta, extra):
    """A version, betas and headers of the caller's own all arrive, and the request obeys the fragment."""
    api.retrieve(client, "claude-example-1", anthropic_version=version, betas=beta, extra_headers=extra)

    request = server.requests[-1]
    assert request.errors == ()
    assert request.header("anthropic-version") == [version]
    assert {name: request.header(name) for name in extra} == {name: [value] for name, value in extra.items()}


@bounded
@given(credential=values, is_token=st.booleans())
def test_exactly_one_credential_is_sent_as_the_fragment_declares_it(api, server, credential, is_token):
    """A key goes as the API key header, a token as a bearer."""
    client = api.client(**({"api_key": None, "auth_token": credential} if is_token else {"api_key": credential}))
    api.retrieve(client, "claude-example-1")

    request = server.requests[-1]
    assert request.errors == ()
    assert [request.header(name) for name in CREDENTIALS] == (
        [[], [f"Bearer {credential}"]] if is_token else [[credential], []]
    )


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
        {"extra_body": {"not": "sent"}},
        {"timeout": 5},
    ],
)
@each("way", ["parsed", "raw", "streaming"])
def test_every_way_to_call_obeys_the_fragment(api, client, server, way, arguments):
    """Each option, in each of the three ways to ask for an answer: one request without fault or body, one model."""
    before = len(server.requests)
    if way == "parsed":
        info = api.retrieve(client, "claude-example-1", **arguments)
    elif way == "raw":
        info = api.run(client.models.with_raw_response.retrieve("claude-example-1", **arguments)).parse()
    else:
        manager = client.models.with_streaming_response.retrieve("claude-example-1", **arguments)
        info = api.inside(manager, lambda response: response.parse())

    [request] = server.requests[before:]
    assert request.errors == ()
    assert request.body == b""
    assert info.id == "claude-example-1"
