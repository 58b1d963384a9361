"""Calls a local server under a tracer, and prints which calls the tracer saw: `watched.py (opentelemetry|sentry)`.

A line for each client: by whom it was made, whether before or after the tracer, and `seen` or `missed`.
"""

from __future__ import annotations

import asyncio
import json
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx

from anthropic_models import Anthropic, AsyncAnthropic, DefaultAsyncHttpxClient, DefaultHttpxClient

MODEL = {"id": "m", "created_at": "2025-02-19T00:00:00Z", "display_name": "M", "type": "model"}
KINDS: dict[str, tuple[Any, Callable[[], Any]]] = {
    "Anthropic": (Anthropic, lambda: None),
    "AsyncAnthropic": (AsyncAnthropic, lambda: None),
    "Anthropic with DefaultHttpxClient": (Anthropic, lambda: DefaultHttpxClient()),
    "AsyncAnthropic with DefaultAsyncHttpxClient": (AsyncAnthropic, lambda: DefaultAsyncHttpxClient()),
    "Anthropic with httpx.Client": (Anthropic, lambda: httpx.Client()),
    "AsyncAnthropic with httpx.AsyncClient": (AsyncAnthropic, lambda: httpx.AsyncClient()),
}


class Handler(BaseHTTPRequestHandler):
    """Answers with a good model."""

    def do_GET(self) -> None:  # noqa: N802  # the name that http.server asks for
        body = json.dumps(MODEL).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


def opentelemetry() -> Callable[[], list[str]]:
    """Switch it on. Returns what gives the URLs that it has seen since."""
    from opentelemetry import trace
    from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
    HTTPXClientInstrumentor().instrument()
    return lambda: [str(span.attributes.get("http.url")) for span in exporter.get_finished_spans()]


def sentry() -> Callable[[], list[str]]:
    """The same."""
    import sentry_sdk
    from sentry_sdk.transport import Transport

    urls: list[str] = []

    class Nowhere(Transport):
        def capture_envelope(self, envelope: Any) -> None:
            event = envelope.get_transaction_event() or {}
            urls.extend(span["description"] for span in event.get("spans", ()) if span["op"] == "http.client")

    sentry_sdk.init("http://key@127.0.0.1/1", transport=Nowhere, traces_sample_rate=1.0)
    return lambda: urls


def call(client: Any, name: str) -> None:
    """One call."""
    if isinstance(client, AsyncAnthropic):
        asyncio.run(client.models.retrieve(name))
    else:
        client.models.retrieve(name)


def main(tool: str) -> None:
    """Call with each kind of client, made before the tracer and after it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"

    def make() -> dict[str, Any]:
        return {name: kind(api_key="k", base_url=url, http_client=http()) for name, (kind, http) in KINDS.items()}

    before = make()
    for client in before.values():
        call(client, "unseen")
    seen = {"opentelemetry": opentelemetry, "sentry": sentry}[tool]()
    for moment, clients in (("before", before), ("after", make())):
        for number, (name, client) in enumerate(clients.items()):
            if tool == "sentry":
                import sentry_sdk

                with sentry_sdk.start_transaction(name="calls"):
                    call(client, f"{moment}-{number}")
            else:
                call(client, f"{moment}-{number}")
            count = sum(each.endswith(f"/v1/models/{moment}-{number}") for each in seen())
            print(f"{name}, made {moment} it: {('missed', 'seen')[count] if count < 2 else f'seen {count} times'}")  # noqa: T201
    server.shutdown()


if __name__ == "__main__":
    main(sys.argv[1])
