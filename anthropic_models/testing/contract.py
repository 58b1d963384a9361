"""Checks requests against the fragment, and lists the operations that the local server serves."""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import unquote

from anthropic_models.testing.answers import Answers
from anthropic_models.testing.fragment import inlined, read
from anthropic_models.testing.operation import Operation
from anthropic_models.testing.records import Request


class Verdict(NamedTuple):
    """The result of checking a request: a sentence for each fault, and the operation that it reaches, if any."""

    errors: tuple[str, ...]
    operation: Operation | None = None
    is_authenticated: bool = True
    values: Mapping[str, Any] = {}


class Contract:
    """The operations of a description of the API.

    Attributes:
        document: The description, unchanged.
        operations: The operations, in the order of the description.
        lookups: The answers of the operations that retrieve one model. All of them retrieve the same models.
    """

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        spec = inlined(document, document)
        self.operations: list[Operation] = [
            Operation(spec, template, method)
            for template, path in spec["paths"].items()
            for method, own in path.items()
            if isinstance(own, dict) and "responses" in own
        ]
        self.lookups: list[Answers] = [each.answers for each in self.operations if each.answers.key_field]
        for operation in self.operations:
            for name, schema in operation.answers.schema.get("properties", {}).items():
                for lookup in self.lookups:
                    if schema.get("items") == lookup.schema:
                        operation.answers.listed = name, lookup

    def check(self, request: Request) -> Verdict:
        """Check a request against the description."""
        if any(unquote(segment) in {".", ".."} for segment in request.path.split("/")):
            return Verdict((f"{request.path} has a dot segment, which may change the path on the way",))
        reached = [operation for operation in self.operations if operation.is_reached_by(request)]
        if not reached:
            return Verdict((f"{request.method} {request.path} is not an operation of the API",))
        operation = min(reached, key=lambda operation: len(operation.names))
        credentials, values = operation.credential_faults(request), operation.read(request)
        return Verdict((*credentials, *operation.faults(values)), operation, not credentials, values)


@cache
def load() -> Contract:
    """The contract of the installed generated package, read once per process."""
    return Contract(read())
