"""The answers of one operation, made from the examples that the fragment declares for them."""

import json
from collections.abc import Mapping
from copy import deepcopy
from http import HTTPStatus
from http.client import responses as phrases
from itertools import count
from typing import Any

from jsonschema_path import SchemaPath
from openapi_core.templating.responses.exceptions import ResponseNotFound
from openapi_core.templating.responses.finders import ResponseFinder

from anthropic_models.testing.examples import examples
from anthropic_models.testing.records import Answer

# The two names of the wire that are written here: a header, and a field of the error envelope.
REQUEST_ID = "request-id"
MESSAGE = "message"
_numbers = count(1)


class Answers:
    """The answers of one operation.

    Attributes:
        declared: the statuses that the fragment declares, in their order.
        success: the lowest status of a good answer.
        key_field: the field of a good answer that holds what was asked for, or None. The fragment tells it:
            it is the field that has, in an example, the value of the path parameter's own example.
        known: what can be asked for, and the example that answers it.
    """

    def __init__(self, responses: SchemaPath, asked: list[str]) -> None:
        self._responses = responses
        self.declared = sorted(int(status) for status in responses.str_keys() if status.isdigit())
        self.success = next((status for status in self.declared if self.is_success(status)), int(HTTPStatus.OK))
        self._bodies = self._content(self.success)[1]
        fields = [field for body in self._bodies if isinstance(body, dict) for field in body if body[field] in asked]
        self.key_field = fields[0] if fields else None
        self.known = {name: self._bodies[0] for name in asked if self._bodies}
        if self.key_field:
            self.known |= {str(body[self.key_field]): body for body in self._bodies if self.key_field in body}

    def body_for(self, name: str, fields: Mapping[str, Any]) -> Any:
        """The example of this name, or the first example under this name, with these fields laid over it."""
        if not self.key_field:
            return next(iter(self._bodies), None)
        return self.known.get(name, {**self._bodies[0], self.key_field: name}) | fields

    def answer(self, status: int, body: Any = None, message: str | None = None) -> Answer:
        """The answer of this status, with a request id of its own.

        Args:
            status: a declared one, or any other: that is answered like its nearest relative.
            body: instead of the example; bytes, or what JSON can say. Where the example's request id stands in
                it, that becomes this answer's.
            message: instead of the one in the example of an error.
        """
        headers = {
            name: str(value) for name, node in _items(self._response(status), "headers") for value in examples(node)[:1]
        }
        media_type, bodies = self._content(status)
        if body is None:
            if not bodies:
                raise NotImplementedError(f"the fragment has no example of a {status} answer here: give a body")
            body = deepcopy(bodies[0])
            if status not in self.declared and not self.is_success(status):
                message = message or phrases.get(status, f"Status {status}")
            if message is not None and isinstance(body, dict):
                _say(body, message)
        text = body if isinstance(body, bytes) else json.dumps(body).encode()
        if old := headers.get(REQUEST_ID):
            headers[REQUEST_ID] = f"{old}_{next(_numbers)}"
            text = text.replace(old.encode(), headers[REQUEST_ID].encode())
        if media_type:
            headers = {"content-type": media_type} | headers
        return Answer(status, tuple(headers.items()), text)

    @staticmethod
    def is_success(status: int) -> bool:
        """Is this the status of a good answer?"""
        return HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES

    def _response(self, status: int) -> SchemaPath:
        try:
            return ResponseFinder(self._responses).find(str(status))
        except ResponseNotFound:
            kin = [
                known for known in self.declared if self.is_success(known) == self.is_success(status)
            ] or self.declared
            nearest = min(kin, key=lambda known: (abs(known // 100 - status // 100), known))
            return self._responses / str(nearest)

    def _content(self, status: int) -> tuple[str, list[Any]]:
        """The first media type of an answer, and its examples; an answer without content is empty."""
        for media_type, node in _items(self._response(status), "content"):
            return media_type, examples(node)
        return "", [b""]


def _say(envelope: dict[str, Any], message: str) -> None:
    """Put a message where the envelope of an error has one."""
    for part in (envelope, *envelope.values()):
        if isinstance(part, dict) and MESSAGE in part:
            part[MESSAGE] = message


def _items(node: SchemaPath, name: str) -> list[tuple[str, SchemaPath]]:
    return list((node / name).str_items()) if name in node else []
