"""The answers of one operation, built from the examples in the fragment."""

import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from http import HTTPStatus
from http.client import responses as phrases
from itertools import count
from typing import Any

from anthropic_models.testing.fragment import examples, judge
from anthropic_models.testing.records import BODILESS, Answer, is_success

# A header, and a field of the error envelope; `page` has the names of paginated responses.
REQUEST_ID = "request-id"
MESSAGE = "message"
_numbers = count(1)


class Answers:
    """The answers of one operation.

    Attributes:
        success: The lowest successful status.
        schema: The schema of the successful body.
        examples: The examples of the successful body.
        key_field: The field of a successful body that holds the requested identifier, or None. It is the field whose
            value, in one of the examples, is the example of the path parameter.
        faults: Returns what is wrong with a successful body.
        known: The identifiers in the examples, each with its example.
        listed: If the operation lists what another one retrieves: the field with the list, and the other's answers.
    """

    listed: "tuple[str, Answers] | None" = None

    def __init__(self, document: Any, responses: Any, asked: list[str]) -> None:
        self._responses = {str(status): response for status, response in responses.items()}
        self._declared = sorted(int(status) for status in self._responses if status.isdigit())
        self.success: int = next((status for status in self._declared if is_success(status)), int(HTTPStatus.OK))
        _, content = self._content(self.success)
        self.schema: Any = content.get("schema", {})
        self.examples: list[Any] = examples(content)
        self.faults: Callable[[Any], list[str]] = judge(self.schema, document)
        objects = [body for body in self.examples if isinstance(body, dict)]
        self.key_field: str | None = next((name for body in objects for name in body if body[name] in asked), None)
        self.known: dict[str, Any] = {str(body[self.key_field]): body for body in objects if self.key_field in body}

    def body_for(self, name: str, fields: dict[str, Any]) -> Any:
        """The example of this model, or the first example with its id replaced, updated by `fields`."""
        return self.known.get(name, {**self.examples[0], self.key_field: name}) | fields

    def page(self, models: Mapping[str, dict[str, Any]], query: Mapping[str, Any]) -> Any:
        """One page of the models. Raises KeyError with the name of a model that does not exist.

        The names of the pagination parameters are the same for every list of the API.
        """
        if self.listed is None:
            return next(iter(self.examples), None)
        names = list(models)
        places = {name: place for place, name in enumerate(names)}
        first = places[query["after_id"]] + 1 if "after_id" in query else 0
        end = places[query["before_id"]] if "before_id" in query else len(names)
        limit = query.get("limit", len(names))
        chosen = names[max(first, end - limit) : end] if "before_id" in query else names[first:end][:limit]
        field, lookup = self.listed
        known = {
            field: [lookup.body_for(name, models[name]) for name in chosen],
            "has_more": len(chosen) < end - first,
            "first_id": next(iter(chosen), None),
            "last_id": next(reversed(chosen), None),
        }
        example: dict[str, Any] = next(iter(self.examples), {})
        return example | {name: value for name, value in known.items() if name in self.schema["properties"]}

    def answer(self, status: int, body: Any = None, message: str | None = None) -> Answer:
        """The answer of this status, with a request id of its own.

        Args:
            status: The HTTP status. If the fragment does not declare it, the nearest declared one is used.
            body: The body instead of the example: bytes, or a JSON value. If it contains the example's request id,
                that is replaced by the request id of this answer.
            message: The error message instead of the one in the example.
        """
        declared = self._response(status).get("headers", {})
        headers = {name: str(value) for name, header in declared.items() for value in examples(header)[:1]}
        media_type, content = self._content(status)
        if body is None:
            body = self._example(status, content, message) if media_type else b""
        text = body if isinstance(body, bytes) else json.dumps(body).encode()
        if old := headers.get(REQUEST_ID):
            headers[REQUEST_ID] = f"{old}_{next(_numbers)}"
            text = text.replace(old.encode(), headers[REQUEST_ID].encode())
        if media_type:
            headers = {"content-type": media_type} | headers
        if status in BODILESS:
            return Answer(status, tuple(headers.items()), b"")
        return Answer(status, (*headers.items(), ("content-length", str(len(text)))), text)

    def _example(self, status: int, content: Mapping[str, Any], message: str | None) -> Any:
        bodies = deepcopy(examples(content))
        if not bodies:
            raise NotImplementedError(f"the fragment has no example of a {status} answer here: give a body")
        if status not in self._declared and not is_success(status):
            message = message or phrases.get(status, f"Status {status}")
        if message is not None and isinstance(bodies[0], dict):
            for part in (bodies[0], *bodies[0].values()):
                if isinstance(part, dict) and MESSAGE in part:
                    part[MESSAGE] = message
        return bodies[0]

    def _response(self, status: int) -> Mapping[str, Any]:
        kin = [known for known in self._declared if is_success(known) == is_success(status)] or self._declared
        nearest = min(kin, key=lambda known: (abs(known // 100 - status // 100), known), default="")
        keys = (str(status), f"{status // 100}XX", "default", str(nearest), *self._responses)
        return next(self._responses[key] for key in keys if key in self._responses)

    def _content(self, status: int) -> tuple[str, Mapping[str, Any]]:
        """The first media type of an answer, and what is declared for it; both empty if it has no content."""
        return next(iter(self._response(status).get("content", {}).items()), ("", {}))
