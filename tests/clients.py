"""Both kinds of client behind one interface, so that one test covers both."""

import asyncio
import contextlib
import functools
import inspect
import sys

import httpx
from trust import TLS

import anthropic_models

KEY = "sk-test-key"


class Api:
    """One kind of client for the server at `url`; the asynchronous one has an event loop.

    Attributes:
        is_async: Whether this is the asynchronous kind.
        default_class: The class of its default HTTP client.
    """

    def __init__(self, url, *, is_async):
        self.is_async = is_async
        self.url = url
        self.client_class = anthropic_models.AsyncAnthropic if is_async else anthropic_models.Anthropic
        self.default_class = getattr(anthropic_models, f"Default{'Async' if is_async else ''}HttpxClient")
        self.http_class = functools.partial(httpx.AsyncClient if is_async else httpx.Client, verify=TLS)
        self._runner = asyncio.Runner() if is_async else None
        self._clients = []

    def client(self, **settings):
        """A client for the server, closed when the test ends."""
        return self.keep(self.client_class(**{"api_key": KEY, "base_url": self.url, **settings}))

    def keep(self, client):
        """Close this client too when the test ends."""
        self._clients.append(client)
        return client

    def run(self, result):
        """The result of a call, which is awaited if it is asynchronous."""
        if self._runner is None or not inspect.isawaitable(result):
            return result
        return self._runner.run(_awaited(result))

    def hook(self, do):
        """An event hook for an HTTP client of this kind."""

        async def hook(value):
            do(value)

        return hook if self.is_async else do

    def retrieve(self, client=None, /, model_id="m", **arguments):
        """What `models.retrieve` returns."""
        return self.run((client or self.client()).models.retrieve(model_id, **arguments))

    @contextlib.contextmanager
    def entered(self, manager):
        """Enter a context manager, asynchronous or not, and yield its value."""
        if not self.is_async:
            with manager as value:
                yield value
            return
        stack = contextlib.AsyncExitStack()
        value = self.run(stack.enter_async_context(manager))
        try:
            yield value
        finally:
            self.run(stack.__aexit__(*sys.exc_info()))

    def streamed(self, client=None, /, model_id="m", **arguments):
        """A context manager for the response of `models.with_streaming_response.retrieve`."""
        client = client or self.client()
        return self.entered(client.models.with_streaming_response.retrieve(model_id, **arguments))

    def close(self):
        """Close every client that was made here."""
        for client in self._clients:
            self.run(client.close())
        if self._runner is not None:
            self._runner.close()


async def _awaited(result):
    return await result
