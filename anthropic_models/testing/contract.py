"""The fragment as the judge of requests, and what the local server serves by it."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import unquote

from anthropic_models.testing.fragment import inlined, read
from anthropic_models.testing.operation import Operation
from anthropic_models.testing.page import Page
from anthropic_models.testing.records import Request


@dataclass(frozen=True)
class Verdict:
    """What the fragment says about a request.

    Attributes:
        errors: A sentence for each fault; none for a good request.
        is_authenticated: Whether it has exactly one credential.
        operation: The operation that it reaches; None if there is no such operation.
        values: The parameters that were sent, by place and name.
    """

    errors: tuple[str, ...]
    is_authenticated: bool = True
    operation: Operation | None = None
    values: dict[str, Any] = field(default_factory=dict)


class Contract:
    """The operations of a description of the API.

    Attributes:
        document: The description, as it was written.
        operations: Each operation, in the order of the description.
        lookups: The answers of those that look something up by a field of it. All are taken to look up the same things.
    """

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        spec = inlined(document, document)
        self.operations = [
            Operation(spec, template, method)
            for template, path in spec["paths"].items()
            for method in path
            if "responses" in path[method]
        ]
        self.lookups = [each.answers for each in self.operations if each.answers.key_field]
        for operation in self.operations:
            fields = operation.answers.schema.get("properties", {})
            for lookup in self.lookups:
                for name in fields:
                    if fields[name].get("items") == lookup.schema:
                        operation.page = Page(name, operation.answers, lookup, operation.default("limit"))

    def check(self, request: Request) -> Verdict:
        """Is this a request that the description allows?"""
        if any(unquote(segment) in {".", ".."} for segment in request.path.split("/")):
            return Verdict((f"{request.path} has a dot segment, which makes it another path on the way",))
        reached = [operation for operation in self.operations if operation.is_reached_by(request)]
        if not reached:
            return Verdict((f"{request.method} {request.path} is no operation of the API",))
        operation = min(reached, key=lambda operation: len(operation.names))
        credentials, values = operation.credential_faults(request), operation.read(request)
        return Verdict((*credentials, *operation.faults(values)), not credentials, operation, values)


@cache
def load() -> Contract:
    """The contract of the installed generated package; read once per process."""
    return Contract(read())
