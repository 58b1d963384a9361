"""The local server: which models there are, what comes next, and what came."""

from __future__ import annotations

import json
import math
import threading
from contextlib import contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, get_args

from anthropic_models.testing.loopback import listening
from anthropic_models.testing.planned import Planned
from anthropic_models.testing.records import After, Answer, RecordedRequest, Request, is_success

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from anthropic_models.testing.contract import Contract, Verdict
    from anthropic_models.testing.operation import Operation


class Server:
    """A running local server; `serve()` makes one.

    Attributes:
        url: Where it listens, to be given to a client as `base_url`.
        requests: The requests that came, in order, each with its answer.
        planned: The planned answers that are still to come. It may be changed at any time.
        models: What can be asked for, and the fields in which its answer differs from the fragment's
            example. It may be changed at any time; `models.clear()` leaves no model at all.
        aliases: Other names, each with the name in `models` that it stands for.
        contract: What requests are checked against.
    """

    def __init__(self, contract: Contract) -> None:
        self.url = ""
        self.requests: list[RecordedRequest] = []
        self.planned: list[Planned] = []
        self.models: dict[str, dict[str, Any]] = {name: {} for lookup in contract.lookups for name in lookup.known}
        self.aliases: dict[str, str] = {}
        self.contract = contract
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return f"<Server {self.url} models={[*self.models]} requests={self.requests} planned={self.planned}>"

    def add_model(self, **fields: Any) -> None:
        """Let a model exist.

        Args:
            **fields: Fields of the answer, as JSON has them (a date is text). The identifier is needed; what
                else the answer needs comes from the fragment's example. Fields unknown to the fragment are
                served too.

        Raises:
            TypeError: The identifier is missing.
            ValueError: The answer would break the contract; `answer_next` can serve such a body.
        """
        keys = dict.fromkeys(str(lookup.key_field) for lookup in self.contract.lookups)
        name = next((fields[key] for key in keys if key in fields), None)
        if name is None:
            raise TypeError(f"add_model() needs the field {' or '.join(map(json.dumps, keys))}")
        for lookup in self.contract.lookups:
            if errors := lookup.faults(lookup.body_for(name, fields)):
                raise ValueError(f"add_model() was given what the API does not answer: {'; '.join(errors)}")
        self.models[name] = fields

    def add_alias(self, alias: str, model: str) -> None:
        """Let a model have another name; its answer stays the same.

        Raises:
            ValueError: There is no such model.
        """
        if model not in self.models:
            raise ValueError(f"add_alias() needs a model that exists: add_model() comes before, for {model!r}")
        self.aliases[alias] = model

    def answer_next(
        self,
        status: int = HTTPStatus.OK,
        *,
        headers: Mapping[str, str | None] | None = None,
        body: Any = None,
        times: int = 1,
        delay: float = 0.0,
        drop_after: After | None = None,
        stall_after: After | None = None,
    ) -> None:
        """Plan the answer to the next good request, behind those already planned.

        Args:
            status: From 200 to 999. One that the fragment declares comes with its example, any other with
                the example of its nearest relative, a good one with the model that is asked for (an unknown
                model is still 404).
            headers: Laid over those of the example; None takes one away.
            body: Instead of the example: bytes as they are, or what JSON can say (`b"null"` for null).
            times: How many requests get it.
            delay: Seconds before the first byte.
            drop_after: Close the connection after the `"request"` without an answer, after the `"headers"` of
                the answer, or after half of its body (`"half_body"`).
            stall_after: Send nothing more from there on, and keep the connection open until the client or the
                server closes it.

        Raises:
            TypeError: The body is not what JSON can say.
            ValueError: Another argument is out of range.
        """
        places = get_args(After)
        for name, value, is_right, wanted in (
            ("status", status, status in range(HTTPStatus.OK, 1000), "from 200 to 999"),
            ("times", times, times >= 1, "1 or more"),
            ("delay", delay, 0 <= delay < math.inf, "0 or more seconds"),
            ("drop_after", drop_after, drop_after in (None, *places), f"one of {places}"),
            ("stall_after", stall_after, stall_after in (None, *places), f"one of {places}"),
            ("stall_after", stall_after, None in (drop_after, stall_after), "None beside drop_after"),
        ):
            if not is_right:
                raise ValueError(f"answer_next() needs {name} to be {wanted}, not {value!r}")
        json.dumps(None if isinstance(body, bytes) else body)
        self.planned += [Planned(status, headers, body, delay, drop_after, stall_after)] * times

    def _respond(self, request: Request) -> Answer:
        with self._lock:
            verdict = self.contract.check(request)
            try:
                answer = self._answer(verdict)
            except NotImplementedError as error:  # the fragment has nothing to answer with
                answer = Answer(HTTPStatus.NOT_IMPLEMENTED, (("content-type", "text/plain"),), str(error).encode())
            self.requests.append(RecordedRequest(**vars(request), errors=verdict.errors, answer=answer))
        return answer

    def _answer(self, verdict: Verdict) -> Answer:
        operation = verdict.operation or self.contract.operations[0]
        answers = operation.answers
        if verdict.errors:
            refusal = HTTPStatus.BAD_REQUEST if verdict.is_authenticated else HTTPStatus.UNAUTHORIZED
            return answers.answer(refusal, message="; ".join(verdict.errors))
        planned = self.planned.pop(0) if self.planned else Planned(answers.success)
        if planned.body is not None or not is_success(planned.status):
            return planned.alter(answers.answer(planned.status, planned.body))
        try:
            body = self._body(operation, verdict.values)
        except KeyError as missing:
            return planned.alter(answers.answer(HTTPStatus.NOT_FOUND, message=f"model: {missing.args[0]}"))
        return planned.alter(answers.answer(planned.status, body))

    def _body(self, operation: Operation, values: Mapping[str, Any]) -> Any:
        """The body of a good answer; None if there is none. A KeyError names a model that there is not."""
        if not operation.answers.key_field:
            return operation.answers.page(self.models, values.get("query", {}))
        asked = str(values["path"][operation.names[-1]])
        name = self.aliases.get(asked, asked)
        if name not in self.models:
            raise KeyError(asked)
        return operation.answers.body_for(name, self.models[name])


@contextmanager
def serve() -> Iterator[Server]:
    """Run a local server while the block runs.

    Raises:
        ModuleNotFoundError: The extra `testing` is not installed.
    """
    try:
        from anthropic_models.testing.contract import load
    except ModuleNotFoundError as error:
        missing = f"{error.name} is missing: install the extra `testing`"
        raise ModuleNotFoundError(missing, name=error.name) from error
    server = Server(load())
    with listening(server._respond) as server.url:
        yield server
