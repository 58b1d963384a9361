"""What a test can read afterwards: each request and its answer."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Literal

Pairs = tuple[tuple[str, str], ...]
After = Literal["request", "headers", "half_body"]
"""How far an exchange gets before it is broken off."""

BODILESS = {HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED}
"""The statuses whose answers end with their headers."""


class _Message:
    headers: Pairs

    def header(self, name: str) -> list[str]:
        """Every value of one header, in the order of the wire; the name's case does not matter."""
        return [value for key, value in self.headers if key.lower() == name.lower()]


def is_success(status: int) -> bool:
    """Is this the status of a good answer?"""
    return HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES


@dataclass(frozen=True, repr=False)
class Answer(_Message):
    """What the server sent.

    Attributes:
        status: The HTTP status; 0 if the connection was dropped or stalled before anything was sent.
        headers: (name, value) pairs.
        body: The bytes of the body, as far as they were sent.
        delay: Seconds before the first byte.
        drop_after: How far the server got before it closed the connection; None if it did not.
        stall_after: How far the server got before it sent nothing more; None if it did not.
    """

    status: int
    headers: Pairs
    body: bytes
    delay: float = 0.0
    drop_after: After | None = None
    stall_after: After | None = None

    @property
    def summary(self) -> str:
        """The status, and how the answer was delayed or broken off if it was."""
        notes = {"delay": self.delay, "drop_after": self.drop_after, "stall_after": self.stall_after}
        return " ".join([str(int(self.status)), *(f"{name}={value!r}" for name, value in notes.items() if value)])

    def __repr__(self) -> str:
        text = self.body.decode(errors="replace")
        return f"<Answer {self.summary} {text[:200]}{'...' * (len(text) > 200)}>"


@dataclass(frozen=True, repr=False)
class Request(_Message):
    """A request as it came.

    Attributes:
        method: The HTTP method, in capitals.
        target: Path and query as they stood on the request line, nothing decoded: `%2F` is `%2F`.
        headers: (name, value) pairs in the order and the case of the wire, repeated ones included.
        body: The bytes of the body.
    """

    method: str
    target: str
    headers: Pairs = ()
    body: bytes = b""

    @property
    def path(self) -> str:
        """The target without its query, not decoded."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        """What follows the first `?` of the target, not decoded; empty if there is none."""
        return self.target.partition("?")[2]


@dataclass(frozen=True, repr=False, kw_only=True)
class RecordedRequest(Request):
    """A request that came to the server, and what became of it. Its repr shows no header: one is a credential.

    Attributes:
        answer: What it was answered with.
        errors: Where the request breaks the contract, a sentence each; empty for a good request.
    """

    answer: Answer
    errors: tuple[str, ...] = ()

    def __repr__(self) -> str:
        why = f": {'; '.join(self.errors)}" if self.errors else ""
        return f"<{self.method} {self.target} -> {self.answer.summary}{why}>"
