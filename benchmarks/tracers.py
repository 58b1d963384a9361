"""Tracers that watch httpx: how each is set up, what surrounds the calls, and how many of them it has seen."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .contenders import HTTPX, OURS


@dataclass(frozen=True)
class Tracer:
    """A tracer.

    Attributes:
        key: Names its figure.
        setup: Runs before the client is imported; defines `seen()`, the number of calls that were traced.
        around: The context manager in which a program makes its calls.
    """

    key: str
    setup: str
    around: str


NONE = Tracer("warm", "from contextlib import nullcontext\nseen = None", "nullcontext()")
TRACERS = (
    Tracer(
        "sentry",
        """
import sentry_sdk
from sentry_sdk.integrations.httpx import HttpxIntegration
from sentry_sdk.transport import Transport
spans = []
class Nowhere(Transport):
    def capture_envelope(self, envelope):
        spans.append(len(envelope.get_transaction_event()["spans"]))
sentry_sdk.init("http://key@127.0.0.1/1", transport=Nowhere, traces_sample_rate=1.0, integrations=[HttpxIntegration()])
seen = lambda: sum(spans)
""",
        'sentry_sdk.start_transaction(name="calls")',
    ),
    Tracer(
        "opentelemetry",
        """
from opentelemetry import trace
from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
spans = []
class Count(SpanProcessor):
    def on_end(self, span):
        spans.append(1 if span.parent else 0)
trace.set_tracer_provider(TracerProvider())
trace.get_tracer_provider().add_span_processor(Count())
HTTPXClientInstrumentor().instrument()
seen = lambda: sum(spans)
""",
        'trace.get_tracer("benchmark").start_as_current_span("calls")',
    ),
)
_REQUIREMENTS = ("sentry-sdk", "opentelemetry-instrumentation-httpx", "opentelemetry-sdk")
TRACED = tuple(
    replace(each, requirements=each.requirements + _REQUIREMENTS, environment=f"{each.environment}-traced")
    for each in (HTTPX, OURS)
)
"""The contenders that run under tracers, in environments of their own."""
