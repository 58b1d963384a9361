"""Eight kinds of client behind one interface: synchronous or asynchronous, with our HTTP client or the caller's."""

import os

import httpx
import httpx2
import pytest
from cases import outcome
from clients import Api
from trust import TLS

OURS = ["sync", "async", "sync Default", "async Default"]
"""Those that keep every promise: with the default HTTP client, `DefaultHttpxClient` or `DefaultAsyncHttpxClient`."""
GIVEN = ["sync httpx", "async httpx", "sync httpx2", "async httpx2"]
"""Those given a client of httpx or httpx2: the library decides part of their behaviour."""
KINDS = [*OURS, *GIVEN]
MIXED = ["sync", "async Default", "sync httpx2", "async httpx"]
KEY = "sk-ant-planted/0123456789abcdef"
"""The planted credential, which must not appear anywhere."""


class Kind(Api):
    """One kind of client; its clients do not retry by default.

    Attributes:
        is_given: Whether it is given a client of httpx or httpx2, which decides part of the behaviour.
        library: The library of that client; httpx otherwise.
        http_class: The class of the HTTP clients that it is given.
    """

    def __init__(self, kind, url):
        way, _, http = kind.partition(" ")
        super().__init__(url, is_async=way == "async")
        self.kind, self.is_given, self._is_plain = kind, kind in GIVEN, not http
        self.library = httpx2 if http == "httpx2" else httpx
        self.http_class = self.library.AsyncClient if self.is_async else self.library.Client
        if not self.is_given:
            self.http_class = self.default_class

    def client(self, *, http=None, **settings):
        """A client, closed when the test ends; `http` has the arguments of its HTTP client."""
        if http or not self._is_plain:
            settings.setdefault("http_client", self.http(**(http or {})))
        return super().client(**{"api_key": KEY, "max_retries": 0, "timeout": 10, **settings})

    def http(self, **settings):
        """A caller's HTTP client, which follows redirects as ours do; the client that gets it closes it."""
        # Reading the machine's certificates is slow.
        given = {"verify": True if "SSL_CERT_FILE" in os.environ else TLS} if self.is_given else {}
        return self.http_class(**{"follow_redirects": True, **given, **settings})

    def error(self, client=None, /, model_id="m", **arguments):
        """What `models.retrieve` raises."""
        with pytest.raises(Exception) as caught:  # the test checks which one
            self.retrieve(client, model_id, **arguments)
        return caught.value

    def outcomes(self, names, client=None, **arguments):
        """What `models.retrieve` returns or raises for each of these models."""
        client = client or self.client()
        return {name: outcome(self.retrieve, client, name, **arguments) for name in names}

    def replies(self, server, replies, client=None, **arguments):
        """What `models.retrieve` returns or raises for each of these replies; the model id is the reply's number."""
        server.fallback = {str(number): reply for number, reply in enumerate(replies.values())}
        got = self.outcomes(server.fallback, client, **arguments)
        return dict(zip(replies, got.values(), strict=True))
