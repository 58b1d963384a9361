"""The records that a test can read: each request and its answer."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Literal

Pairs = tuple[tuple[str, str], ...]
After = Literal["request", "headers", "half_body"]
"""How far an exchange gets before it is interrupted."""

BODILESS = {HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED}
"""The statuses whose responses have no body."""


class _Message:
    headers: Pairs

    def header(self, name: str) -> list[str]:
        """Every value of one header, in the order received; names are case-insensitive."""
        return [value for key, value in self.headers if key.lower() == name.lower()]


def is_success(status: int) -> bool:
    """Whether this is a 2xx status."""
    return HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES


@dataclass(frozen=True, repr=False)
class Answer(_Message):
    """The response that the server sent.

    Attributes:
        status: The HTTP status; 0 if the connection was dropped or stalled before anything was sent.
        headers: (name, value) pairs.
        body: The bytes of the body that were sent.
        delay: Seconds before the first byte.
        drop_after: The part after which the server closed the connection; None if it did not.
        stall_after: The part after which the server sent nothing more; None if it did not.
    """

    status: int
    headers: Pairs
    body: bytes
    delay: float = 0.0
    drop_after: After | None = None
    stall_after: After | None = None

    @property
    def summary(self) -> str:
        """The status, and the delay or interruption, if any."""
        notes = {"delay": self.delay, "drop_after": self.drop_after, "stall_after": self.stall_after}
        return " ".join([str(int(self.status)), *(f"{name}={value!r}" for name, value in notes.items() if value)])

    def __repr__(self) -> str:
        text = self.body.decode(errors="replace")
        return f"<Answer {self.summary} {text[:200]}{'...' * (len(text) > 200)}>"


@dataclass(frozen=True, repr=False)
class Request(_Message):
    """A request as it was received.

    Attributes:
        method: The HTTP method, in upper case.
        target: Path and query of the request line, not decoded: `%2F` stays `%2F`.
        headers: (name, value) pairs in the order and case received, including repeated ones.
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
        """The part of the target after the first `?`, not decoded; empty if there is none."""
        return self.target.partition("?")[2]


@dataclass(frozen=True, repr=False, kw_only=True)
class RecordedRequest(Request):
    """A request that the server received, with its answer. Its repr shows no header, because one is a credential.

    Attributes:
        answer: The answer that the server sent.
        errors: A sentence for each way in which the request does not match the fragment; empty if it is valid.
    """

    answer: Answer
    errors: tuple[str, ...] = ()

    def __repr__(self) -> str:
        why = f": {'; '.join(self.errors)}" if self.errors else ""
        return f"<{self.method} {self.target} -> {self.answer.summary}{why}>"
