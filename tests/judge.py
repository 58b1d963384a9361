"""An independent check of exchanges by openapi-core, which shares no code with the client and the local server."""

from functools import cache
from urllib.parse import parse_qsl

from facts import FRAGMENT
from openapi_core import OpenAPI
from openapi_core.datatypes import RequestParameters
from openapi_core.deserializing.media_types.exceptions import MediaTypeDeserializeError
from openapi_core.templating.responses.exceptions import ResponseNotFound
from werkzeug.datastructures import Headers, ImmutableMultiDict


class _Request:
    """A request in the form that openapi-core needs."""

    def __init__(self, request, host_url):
        self.host_url = host_url
        self.path = request.path
        self.method = request.method.lower()
        self.body = request.body or None
        self.content_type = ", ".join(request.header("content-type")) or "application/octet-stream"
        headers = Headers()
        for name in dict.fromkeys(name.lower() for name, _ in request.headers):  # else only the first line is used
            headers[name] = ",".join(item.strip() for item in ",".join(request.header(name)).split(","))
        query = parse_qsl(request.query, keep_blank_values=True)
        self.parameters = RequestParameters(ImmutableMultiDict(query), headers, ImmutableMultiDict())


class _Response:
    """A response in the form that openapi-core needs."""

    def __init__(self, answer):
        self.status_code = answer.status
        self.headers = Headers(answer.headers)
        self.content_type = ", ".join(answer.header("content-type")) or "application/octet-stream"
        self.data = answer.body


class Judge:
    """Both checks return a message for each violation. A response with an undeclared status may have any content."""

    def __init__(self, document):
        self._openapi = OpenAPI.from_dict(document)
        self._host_url = document["servers"][0]["url"].rstrip("/")

    def check_request(self, request):
        """The violations in a request."""
        return tuple(map(_reason, self._openapi.iter_request_errors(_Request(request, self._host_url))))

    def check_response(self, request, answer):
        """The violations in the response to a request."""
        errors = self._openapi.iter_response_errors(_Request(request, self._host_url), _Response(answer))
        return tuple(_reason(error) for error in errors if not isinstance(error, ResponseNotFound))


def _reason(error):
    """One line from a chain of exceptions of openapi-core."""
    name = getattr(error, "name", "body")
    if isinstance(error.__cause__, MediaTypeDeserializeError):  # `str` of it fails if the body is not UTF-8
        return f"{name}: cannot be read as {error.__cause__.mimetype}"
    faults = getattr(error.__cause__, "schema_errors", ())
    messages = (f"{'.'.join([name, *map(str, fault.absolute_path)])}: {fault.message}" for fault in faults)
    return "; ".join(messages) or f"{name}: {error.__cause__ or error}"


@cache
def load():
    """The check with the hand-written fragment, created once per process."""
    return Judge(FRAGMENT)
