"""A local server that speaks the API, for testing a program without a key or a network.

It runs in the test's own process, on a free port of the loopback address. It knows no model and no field
by itself: it answers with the examples of the OpenAPI fragment that the client is generated from,
and checks every request against it. It needs the extra `testing`.

In pytest, ask for the fixture `anthropic_server`. Anywhere else, `serve()` is a context manager::

    with serve() as server:
        server.answer_next(529, headers={"retry-after": "0.1"})  # then back to normal
        my_program(base_url=server.url, api_key="made-up")
        assert [request.answer.status for request in server.requests] == [529, 200]

A request that breaks the contract is answered 400, or 401 unless it has exactly one credential. A good one gets
the next planned answer, if there is one; else the model that it asks for, if that is in `server.models`; else 404.
"""

from anthropic_models.testing.records import Answer, RecordedRequest
from anthropic_models.testing.server import Server, serve

__all__ = ["Answer", "RecordedRequest", "Server", "serve"]
