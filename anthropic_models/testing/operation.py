"""One operation of the fragment: what a request to it has to show."""

import re
from collections.abc import Iterator

from jsonschema_path import SchemaPath

from anthropic_models.testing.answers import Answers
from anthropic_models.testing.examples import children, examples
from anthropic_models.testing.records import RecordedRequest


class Operation:
    """One operation.

    Attributes:
        template: its path, with `{name}` for each path parameter.
        method: in capitals.
        asks_by: the path parameter that names what is asked for: the last one of the path, or None.
        array_headers: the declared headers that are lists, in small letters.
        answers: its answers.
    """

    def __init__(self, spec: SchemaPath, template: str, method: str) -> None:
        path = spec / "paths" / template
        operation = path / method
        self.template = template
        self.method = method.upper()
        self._parameters = [*children(operation, "parameters"), *children(path, "parameters")]
        self.array_headers = {name.lower() for name, header in self._in("header") if _is_array(header)}
        names = re.findall(r"\{([^}]+)\}", template)
        self.asks_by: str | None = names[-1] if names else None
        asked = [value for name, node in self._in("path") if name == self.asks_by for value in examples(node)]
        self.answers = Answers(operation / "responses", asked)
        requirements = children(operation if "security" in operation else spec, "security")
        self._credentials = [
            {_credential(spec / "components" / "securitySchemes" / scheme) for scheme in requirement.str_keys()}
            for requirement in requirements
        ]

    def credential_faults(self, request: RecordedRequest) -> list[str]:
        """Exactly one of the ways in is used, once."""
        ways = set().union(*self._credentials)
        shown = [name for name in ways for value in request.header(name) if value]
        if not self._credentials or (set(shown) in self._credentials and len(shown) == len(set(shown))):
            return []
        wanted = " or ".join(sorted(" with ".join(sorted(way)) for way in self._credentials))
        return [f"{len(shown) or 'no'} credentials, where one is wanted: {wanted}"]

    def header_faults(self, request: RecordedRequest) -> list[str]:
        """Every required header is there, and none but a list is repeated."""
        faults = []
        for name, header in self._in("header"):
            lines = len(request.header(name))
            if not lines and "required" in header and (header / "required").read_bool():
                faults.append(f"{name}: header is required")
            if lines > 1 and name.lower() not in self.array_headers:
                faults.append(f"{name}: header is there {lines} times, and is not a list")
        return faults

    def request(self) -> RecordedRequest:
        """A request that reaches this operation, and no more than that."""
        return RecordedRequest(self.method, re.sub(r"\{[^}]+\}", "x", self.template), ())

    def _in(self, location: str) -> Iterator[tuple[str, SchemaPath]]:
        for parameter in self._parameters:
            if (parameter / "in").read_str() == location:
                yield (parameter / "name").read_str(), parameter


def _is_array(header: SchemaPath) -> bool:
    kind = (header / "schema" / "type").read_str_or_list("")
    return "array" in ([kind] if isinstance(kind, str) else kind)


def _credential(scheme: SchemaPath) -> str:
    """The header that a security scheme uses, in small letters."""
    return (scheme / "name").read_str("authorization").lower()
