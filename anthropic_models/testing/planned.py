"""A planned answer: what it changes in the usual answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from anthropic_models.testing.records import After, Answer


@dataclass(frozen=True, repr=False)
class Planned:
    """The arguments of `answer_next`, for one request. Its repr is that call."""

    status: int = HTTPStatus.OK
    headers: Mapping[str, str | None] | None = None
    body: Any = None
    delay: float = 0.0
    drop_after: After | None = None
    stall_after: After | None = None

    def __repr__(self) -> str:
        given = {name: value for name, value in vars(self).items() if value not in (None, 0.0)}
        given["status"] = int(self.status)
        return f"answer_next({', '.join(f'{name}={value!r}' for name, value in given.items())})"

    def alter(self, answer: Answer) -> Answer:
        """The answer to send, from the usual one."""
        given = {name.lower(): value for name, value in (self.headers or {}).items()}
        headers = {name.lower(): value for name, value in answer.headers} | given
        kept = tuple((name, value) for name, value in headers.items() if value is not None)
        status, body = answer.status, answer.body
        match self.drop_after or self.stall_after:
            case "request":
                status, kept, body = 0, (), b""
            case "headers":
                body = b""
            case "half_body":
                body = body[: len(body) // 2]
        return Answer(status, kept, body, self.delay, self.drop_after, self.stall_after)
