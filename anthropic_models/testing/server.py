"""The local server: which models there are, what comes next, and what came."""

from __future__ import annotations

import threading
from collections import deque
from contextlib import contextmanager
from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple

from anthropic_models.testing.loopback import listening
from anthropic_models.testing.records import Answer, RecordedRequest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from anthropic_models.testing.answers import Answers
    from anthropic_models.testing.contract import Contract, Verdict


class _Planned(NamedTuple):
    status: int
    headers: dict[str, str | None]
    body: Any


class Server:
    """A running local server; `serve()` makes one.

    Attributes:
        url: where it listens, to be given to a client as `base_url`.
        requests: the requests that came, in order, each with its answer.
        models: what can be asked for, and the fields in which its answer differs from the fragment's
            example. It may be changed at any time; `models.clear()` leaves no model at all.
        aliases: other names, each with the name in `models` that it stands for.
    """

    def __init__(self, contract: Contract) -> None:
        self.url = ""
        self.requests: list[RecordedRequest] = []
        self.models: dict[str, dict[str, Any]] = {
            name: {} for operation in contract.operations for name in operation.answers.known
        }
        self.aliases: dict[str, str] = {}
        self._contract = contract
        self._planned: deque[_Planned] = deque()
        self._lock = threading.Lock()

    def add_model(self, **fields: Any) -> None:
        """Let a model exist.

        Args:
            **fields: fields of the answer, as JSON has them (a date is text). The identifier is needed; what
                else the answer needs comes from the fragment's example. Fields unknown to the fragment are
                served too.

        Raises:
            TypeError: the identifier is missing.
            ValueError: the answer would break the contract; `answer_next` can serve such a body.
        """
        lookups = [operation for operation in self._contract.operations if operation.answers.key_field]
        keys = {str(operation.answers.key_field) for operation in lookups}
        name = next((fields[key] for key in keys if key in fields), None)
        if name is None:
            raise TypeError(f"add_model() needs {' or '.join(sorted(keys))}: what the model is asked for by")
        for operation in lookups:
            answer = operation.answers.answer(operation.answers.success, operation.answers.body_for(name, fields))
            if errors := self._contract.check_answer(operation.request(), answer):
                raise ValueError(f"not a model that the contract allows: {'; '.join(errors)}")
        self.models[name] = fields

    def add_alias(self, alias: str, model: str) -> None:
        """Let a model have another name; its answer stays the same.

        Raises:
            ValueError: there is no such model.
        """
        if model not in self.models:
            raise ValueError(f"no model {model!r}: add_model() comes first")
        self.aliases[alias] = model

    def answer_next(
        self,
        status: int = HTTPStatus.OK,
        *,
        headers: Mapping[str, str | None] | None = None,
        body: Any = None,
        times: int = 1,
    ) -> None:
        """Plan the answer to the next good request, behind those already planned.

        Args:
            status: from 200 to 999. One that the fragment declares comes with its example, any other with
                the example of its nearest relative, a good one with the model that is asked for (an unknown
                model is still 404).
            headers: laid over those of the example; None takes one away.
            body: instead of the example: bytes as they are, or what JSON can say (`b"null"` for null).
            times: how many requests get it.

        Raises:
            ValueError: the status or the number of times is out of range.
        """
        if not HTTPStatus.OK <= status <= 999:
            raise ValueError(f"status is from 200 to 999, not {status!r}")
        if times < 1:
            raise ValueError(f"times is 1 or more, not {times!r}")
        lower = {name.lower(): value for name, value in (headers or {}).items()}
        self._planned.extend([_Planned(int(status), lower, body)] * times)

    def _respond(self, request: RecordedRequest) -> Answer:
        with self._lock:
            verdict = self._contract.check_request(request)
            try:
                answer = self._answer(verdict)
            except NotImplementedError as error:  # the fragment has nothing to answer with
                answer = Answer(HTTPStatus.NOT_IMPLEMENTED, (("content-type", "text/plain"),), str(error).encode())
            self.requests.append(replace(request, errors=verdict.errors, answer=answer))
        return answer

    def _answer(self, verdict: Verdict) -> Answer:
        answers = (verdict.operation or self._contract.operations[0]).answers
        if verdict.errors:
            refusal = HTTPStatus.BAD_REQUEST if verdict.authenticated else HTTPStatus.UNAUTHORIZED
            return answers.answer(refusal, message="; ".join(verdict.errors))
        if not self._planned:
            return self._usual(verdict.asked, answers)
        status, headers, body = self._planned.popleft()
        if body is not None or not answers.is_success(status):
            answer = answers.answer(status, body)
        elif answers.is_success((answer := self._usual(verdict.asked, answers)).status):
            answer = replace(answer, status=status)
        changed = {name.lower(): value for name, value in answer.headers} | headers
        return replace(answer, headers=tuple((name, value) for name, value in changed.items() if value is not None))

    def _usual(self, asked: str | None, answers: Answers) -> Answer:
        name = asked and self.aliases.get(asked, asked)
        if name is None:
            return answers.answer(answers.success)
        if name not in self.models:
            return answers.answer(HTTPStatus.NOT_FOUND, message=f"model: {asked}")
        return answers.answer(answers.success, answers.body_for(name, self.models[name]))


@contextmanager
def serve() -> Iterator[Server]:
    """Run a local server while the block runs.

    Raises:
        ModuleNotFoundError: the extra `testing` is not installed.
    """
    try:
        from anthropic_models.testing.contract import load
    except ModuleNotFoundError as error:
        missing = f"{error.name} is missing: install the extra `testing`"
        raise ModuleNotFoundError(missing, name=error.name) from error
    server = Server(load())
    with listening(server._respond) as server.url:
        yield server
