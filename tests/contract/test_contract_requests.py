"""Every request, as a real socket saw it, obeys the fragment: openapi-core is the judge."""

import string

from hypothesis import given
from hypothesis import strategies as st
from schema_bodies import bounded

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
