"""The local server: its models, its planned answers, and the requests that it received."""

from __future__ import annotations

import json
import math
import threading
from contextlib import contextmanager
from datetime import date
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
    """A running local server; `serve()` starts one.

    Attributes:
        url: The URL of the server, for the `base_url` of a client.
        requests: The requests received, in order, each with its answer.
        planned: The planned answers that have not been sent yet. It may be changed at any time.
        models: The models by id, each with the fields that differ from the fragment's example. It may be changed at
            any time; `models.clear()` removes all models.
        aliases: Aliases, each with the id in `models` to which it refers.
        contract: The contract that requests are checked against.
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
        """Add a model.

        Args:
            **fields: Fields of the model as JSON values; a date may be a `datetime`. The identifier is required;
                other fields default to those of the fragment's example. Fields that the fragment does not declare
                are served too.

        Raises:
            TypeError: The identifier is missing.
            ValueError: The model would not match the fragment; `answer_next` can serve such a body.
        """
        fields = {name: value.isoformat() if isinstance(value, date) else value for name, value in fields.items()}
        keys = dict.fromkeys(str(lookup.key_field) for lookup in self.contract.lookups)
        name = next((fields[key] for key in keys if key in fields), None)
        if name is None:
            raise TypeError(f"add_model() needs the field {' or '.join(map(json.dumps, keys))}")
        for lookup in self.contract.lookups:
            if errors := lookup.faults(lookup.body_for(name, fields)):
                raise ValueError(f"add_model() was given a model that does not match the API: {'; '.join(errors)}")
        self.models[name] = fields

    def add_alias(self, alias: str, model: str) -> None:
        """Add an alias of a model; the server returns the same body for both.

        Raises:
            ValueError: The model does not exist.
        """
        if model not in self.models:
            raise ValueError(f"add_alias() needs a model that exists: call add_model() first for {model!r}")
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
        """Plan the answer to the next valid request, after those already planned.

        Args:
            status: From 200 to 999. A successful status returns the requested model, or a 404 if that does not
                exist. Any other status returns its example in the fragment, or that of the nearest declared status.
            headers: Added to those of the example; None removes one.
            body: The body instead of the example: bytes, or a JSON value (`b"null"` for null).
            times: How many requests get this answer.
            delay: Seconds before the first byte.
            drop_after: Close the connection after the `"request"` without a response, after the `"headers"` of
                the response, or after half of its body (`"half_body"`).
            stall_after: Send nothing more after that part, and keep the connection open until the client or the
                server closes it.

        Raises:
            TypeError: The body is not a JSON value.
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
            except NotImplementedError as error:  # the fragment has no example
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
        """The body of a successful response; None if it has none. Raises KeyError with the name of a missing model."""
        if not operation.answers.key_field:
            return operation.answers.page(self.models, values.get("query", {}))
        asked = str(values["path"][operation.names[-1]])
        name = self.aliases.get(asked, asked)
        if name not in self.models:
            raise KeyError(asked)
        return operation.answers.body_for(name, self.models[name])


@contextmanager
def serve() -> Iterator[Server]:
    """Run a local server inside the block.

    Raises:
        ModuleNotFoundError: The extra `testing` is not installed.
    """
    try:
        from anthropic_models.testing.contract import load
    except ModuleNotFoundError as error:
        missing = f"{error.name} is missing: install the extra `testing`, with pip install '.[testing]' in the clone"
        raise ModuleNotFoundError(missing, name=error.name) from None
    server = Server(load())
    with listening(server._respond) as server.url:
        yield server
