"""A local server that speaks the API, for testing a program without a key or a network.

It runs in the test's own process, on a free port of the loopback address. It knows no model and no field
by itself: it answers with the examples of the OpenAPI fragment that the client is generated from,
and checks every request against it. It needs the extra `testing`: `pip install ".[testing]"` in a checkout.

In pytest, ask for the fixture `anthropic_server`; it comes with the package::

    from anthropic_models import Anthropic

    def test_an_alias_is_resolved(anthropic_server):
        anthropic_server.add_model(id="claude-test-1", display_name="Claude Test 1")
        anthropic_server.add_alias("claude-test", "claude-test-1")
        client = Anthropic(api_key="made-up", base_url=anthropic_server.url)

        assert client.models.retrieve("claude-test").id == "claude-test-1"

Anywhere else, `serve()` is a context manager. The port is closed, and every connection with it, when the
block ends::

    from anthropic_models.testing import serve

    with serve() as server:
        server.answer_next(529, headers={"retry-after": "0.1"})  # then back to normal
        my_program(base_url=server.url, api_key="made-up")
        assert [request.answer.status for request in server.requests] == [529, 200]

A program that builds its client from the environment is reached by `ANTHROPIC_BASE_URL` (`server.url`)
and `ANTHROPIC_API_KEY` (any text).

What a request is answered with:

- 400 with the reason if it breaks the contract, 401 unless it has exactly one credential. Either way it is
  recorded, with `errors` that say why, and what `answer_next` planned waits for the next good request.
- else the next planned answer, if there is one;
- else the model that it asks for, if that is in `server.models`, else 404. The examples of the fragment are
  there from the start.
"""

from anthropic_models.testing.records import Answer, RecordedRequest
from anthropic_models.testing.server import Server, serve

__all__ = ["Answer", "RecordedRequest", "Server", "serve"]
