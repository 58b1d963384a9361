"""A local server of the API, for testing a program without a key or a network.

It runs in the test's process, on a free port of the loopback address. Its responses are the examples of the
OpenAPI fragment that the client is generated from, and it checks every request against that fragment. It needs the
extra `testing`.

In pytest, use the fixture `anthropic_server`. Elsewhere, use the context manager `serve()`::

    with serve() as server:
        server.answer_next(529, headers={"retry-after": "0.1"})  # then back to normal
        my_program(base_url=server.url, api_key="made-up")
        assert [request.answer.status for request in server.requests] == [529, 200]

A request that does not match the fragment gets a 400, or a 401 unless it has exactly one credential. A valid request
gets the next planned answer; if none is planned, the requested model; if that is not in `server.models`, a 404.
"""

from anthropic_models.testing.records import Answer, RecordedRequest
from anthropic_models.testing.server import Server, serve

__all__ = ["Answer", "RecordedRequest", "Server", "serve"]
