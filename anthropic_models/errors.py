"""What can go wrong, sorted by where it went wrong.

    AnthropicError
    └── APIError                          message, request, body
        ├── APIConnectionError            no answer came
        │   └── APITimeoutError           … within the timeout
        ├── APIResponseValidationError    an answer came that the API's description does not allow
        └── APIStatusError                the API refused: response, status_code, request_id, retry_after
            ├── BadRequestError 400           ├── ConflictError 409
            ├── AuthenticationError 401       ├── RequestTooLargeError 413
            ├── PermissionDeniedError 403     ├── UnprocessableEntityError 422
            ├── NotFoundError 404             ├── RateLimitError 429
            └── InternalServerError 5xx
                └── OverloadedError 529

Arguments that cannot be sent raise ValueError or TypeError, before anything is sent.
The statuses are those of https://docs.claude.com/en/api/errors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    import httpx

__all__ = [
    "APIConnectionError",
    "APIError",
    "APIResponseValidationError",
    "APIStatusError",
    "APITimeoutError",
    "AnthropicError",
    "AuthenticationError",
    "BadRequestError",
    "ConflictError",
    "InternalServerError",
    "NotFoundError",
    "OverloadedError",
    "PermissionDeniedError",
    "RateLimitError",
    "RequestTooLargeError",
    "UnprocessableEntityError",
]

MAX_MESSAGE = 2048
"""Characters of an answer that a message quotes at most."""


def truncated(text: str) -> str:
    """The text, truncated if it is too long for a message."""
    return text if len(text) <= MAX_MESSAGE else f"{text[:MAX_MESSAGE]}… ({len(text)} characters)"


def _restore(cls: type[APIError], message: str, state: dict[str, Any]) -> APIError:
    error = cls.__new__(cls)
    Exception.__init__(error, message)
    error.__dict__.update(state)
    return error


class AnthropicError(Exception):
    """The root of every error of this package."""


class APIError(AnthropicError):
    """A request was made, and failed.

    Attributes:
        message: What went wrong, for people.
        request: The request as it was sent last. Its credential is readable, but neither shown nor pickled.
        body: The answer's body: parsed where it was JSON, text where not, None where there was no answer.
        is_retryable: Whether the same call may succeed later.
    """

    message: str
    request: httpx.Request
    body: object | None
    is_retryable: bool = False

    def __init__(self, message: str, request: httpx.Request, *, body: object | None) -> None:
        super().__init__(message)
        self.message = message
        self.request = request
        self.body = body

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (type(self), str(self), self.__dict__)


class APIConnectionError(APIError):
    """No answer came: no connection, a broken one, or one that was not worth following."""

    def __init__(self, *, message: str = "Connection error.", request: httpx.Request) -> None:
        super().__init__(message, request, body=None)


class APITimeoutError(APIConnectionError):
    """No whole answer came within the timeout."""

    def __init__(self, request: httpx.Request, *, message: str = "Request timed out.") -> None:
        super().__init__(message=message, request=request)


class APIResponseValidationError(APIError):
    """The API called it a success, but the answer is not one that its description allows.

    Attributes:
        response: The answer.
        status_code: Its status.
        request_id: Its `request-id` header.
    """

    response: httpx.Response
    status_code: int
    request_id: str | None

    def __init__(self, response: httpx.Response, body: object | None, *, message: str | None = None) -> None:
        super().__init__(message or "The answer is not what the API describes.", response.request, body=body)
        _keep(self, response)


class APIStatusError(APIError):
    """The API answered with a status that is not a success.

    Attributes:
        response: The answer.
        status_code: Its status.
        request_id: Its `request-id` header.
        retry_after: How many seconds the API asks to wait before the next try, if it says so.
    """

    response: httpx.Response
    status_code: int
    request_id: str | None
    retry_after: float | None = None

    _by_status: ClassVar[dict[int, type[APIStatusError]]] = {}

    def __init_subclass__(cls, *, status: int | None = None) -> None:
        if status is not None:
            cls.status_code = status
            cls._by_status[status] = cls

    def __init__(self, message: str, *, response: httpx.Response, body: object | None) -> None:
        super().__init__(message, response.request, body=body)
        _keep(self, response)

    @classmethod
    def of_status(cls, status: int) -> type[APIStatusError]:
        """The class that stands for a status."""
        return cls._by_status.get(status, InternalServerError if 500 <= status <= 599 else APIStatusError)


def _keep(error: APIResponseValidationError | APIStatusError, response: httpx.Response) -> None:
    error.response = response
    error.status_code = response.status_code
    error.request_id = response.headers.get("request-id")


class BadRequestError(APIStatusError, status=400):
    """400: the request is not one that the API understands."""


class AuthenticationError(APIStatusError, status=401):
    """401: the credential is missing or not valid."""


class PermissionDeniedError(APIStatusError, status=403):
    """403: the credential may not use this resource."""


class NotFoundError(APIStatusError, status=404):
    """404: there is no such model, or the account cannot see it."""


class ConflictError(APIStatusError, status=409):
    """409: the resource is in use."""


class RequestTooLargeError(APIStatusError, status=413):
    """413: the request has more bytes than the API takes."""


class UnprocessableEntityError(APIStatusError, status=422):
    """422: the request is understood, but makes no sense."""


class RateLimitError(APIStatusError, status=429):
    """429: the account has used up its rate limit."""


class InternalServerError(APIStatusError):
    """5xx: something went wrong inside the API."""


class OverloadedError(InternalServerError, status=529):
    """529: the API has more load than it can take."""
