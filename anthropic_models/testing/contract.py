"""The fragment as the judge of an exchange, with openapi-core.

The fragment is the one that the client was generated from, as people wrote it: nothing is lowered.
openapi-core leaves three things open, which are checked here: a required parameter that has a default may
be missing, of a repeated header only the first line is seen, and any number of credentials may be sent.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from urllib.parse import parse_qsl, unquote

from openapi_core import OpenAPI
from openapi_core.datatypes import RequestParameters
from openapi_core.deserializing.media_types.exceptions import MediaTypeDeserializeError
from openapi_core.templating.paths.exceptions import PathError
from openapi_core.templating.paths.finders import APICallPathFinder
from openapi_core.validation.request.exceptions import MissingRequiredParameter, SecurityValidationError
from werkzeug.datastructures import Headers, ImmutableMultiDict

from anthropic_models.testing.operation import Operation
from anthropic_models.testing.records import Answer, RecordedRequest

METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}


@dataclass(frozen=True)
class Verdict:
    """What the fragment says about a request.

    Attributes:
        errors: a sentence for each fault; none for a good request.
        authenticated: whether it has exactly one credential.
        operation: None where the fragment has no such operation.
        asked: what the path asks for, decoded; None where the operation looks nothing up.
    """

    errors: tuple[str, ...]
    authenticated: bool = True
    operation: Operation | None = None
    asked: str | None = None


class _Request:
    """A request as openapi-core wants it."""

    def __init__(self, request: RecordedRequest, host_url: str, arrays: set[str]) -> None:
        self.host_url = host_url
        self.path = request.path
        self.method = request.method.lower()
        self.body = request.body or None
        self.content_type = ", ".join(request.header("content-type")) or "application/octet-stream"
        headers = Headers(request.headers)
        for name in arrays & {key.lower() for key, _ in request.headers}:
            items = ",".join(request.header(name)).split(",")  # one list, on however many lines it came
            headers[name] = ",".join(item.strip() for item in items)
        query = parse_qsl(request.query, keep_blank_values=True)
        self.parameters = RequestParameters(ImmutableMultiDict(query), headers, ImmutableMultiDict())


class _Response:
    """An answer as openapi-core wants it."""

    def __init__(self, answer: Answer) -> None:
        self.status_code = answer.status
        self.headers = Headers(answer.headers)
        self.content_type = ", ".join(answer.header("content-type")) or "application/octet-stream"
        self.data = answer.body


class Contract:
    """The operations of the fragment, and two checks. Both give one sentence for each fault."""

    def __init__(self, openapi: OpenAPI) -> None:
        self._openapi = openapi
        spec = openapi.spec
        self._host_url = (spec / "servers" / 0 / "url").read_str().rstrip("/")
        self._finder = APICallPathFinder(spec)
        self._operations = {
            (template, method.upper()): Operation(spec, template, method)
            for template, path in (spec / "paths").str_items()
            for method in path.str_keys()
            if method in METHODS
        }

    @property
    def operations(self) -> list[Operation]:
        """Every operation, in the order of the fragment."""
        return list(self._operations.values())

    def check_request(self, request: RecordedRequest) -> Verdict:
        """Is this a request that the fragment allows?"""
        if any(unquote(segment) in {".", ".."} for segment in request.path.split("/")):
            return Verdict((f"{request.path} has a dot segment, which is another path on the way",))
        try:
            found = self._finder.find(request.method.lower(), self._host_url + request.path)
        except PathError:
            return Verdict((f"{request.method} {request.path} is no operation of the API",))
        operation = self._operations[found.path_result.pattern, request.method]
        adapted = _Request(request, self._host_url, operation.array_headers)
        faults = list(self._openapi.iter_request_errors(adapted))
        credentials = operation.credential_faults(request) or [
            "the credential is not in the form that is wanted"
            for fault in faults
            if isinstance(fault, SecurityValidationError)
        ]
        others = [_reason(fault) for fault in faults if not isinstance(fault, SecurityValidationError)]
        # A missing header may be told by both; once is enough.
        errors = dict.fromkeys([*credentials, *operation.header_faults(request), *others])
        asked = found.path_result.variables.get(operation.asks_by)
        return Verdict(tuple(errors), not credentials, operation, asked and unquote(asked))

    def check_answer(self, request: RecordedRequest, answer: Answer) -> tuple[str, ...]:
        """Is this an answer that the fragment allows to this request?"""
        adapted = _Request(request, self._host_url, set())
        return tuple(map(_reason, self._openapi.iter_response_errors(adapted, _Response(answer))))


def _reason(error: Exception) -> str:
    """One line of what openapi-core spreads over a chain of exceptions."""
    name = getattr(error, "name", "body")
    if isinstance(error, MissingRequiredParameter):
        return f"{name}: {error.location} is required"
    if isinstance(error.__cause__, MediaTypeDeserializeError):  # its text cannot be had where the body is no UTF-8
        return f"{name}: cannot be read as {error.__cause__.mimetype}"
    faults = getattr(error.__cause__, "schema_errors", ())
    told = (f"{'.'.join([name, *map(str, fault.absolute_path)])}: {fault.message}" for fault in faults)
    return "; ".join(told) or f"{name}: {error.__cause__ or error}"


@cache
def load() -> Contract:
    """The contract of the installed generated package; read once per process."""
    with as_file(files("anthropic_models_api") / "openapi.yaml") as fragment:
        return Contract(OpenAPI.from_path(fragment))
