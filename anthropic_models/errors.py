"""The exceptions of this package.

    AnthropicError
    └── APIError                          message, request, body
        ├── APIConnectionError            no response
        │   └── APITimeoutError           no complete response within the timeout
        ├── APIResponseValidationError    a response that does not match the expected schema
        └── APIStatusError                an error status: response, status_code, request_id, retry_after
            ├── BadRequestError 400           ├── ConflictError 409
            ├── AuthenticationError 401       ├── RequestTooLargeError 413
            ├── PermissionDeniedError 403     ├── UnprocessableEntityError 422
            ├── NotFoundError 404             ├── RateLimitError 429
            └── InternalServerError 5xx
                └── OverloadedError 529

Invalid arguments raise ValueError or TypeError before anything is sent.
The statuses are listed at https://docs.claude.com/en/api/errors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    import httpx

__all__ = ["APIConnectionError", "APIError", "APIResponseValidationError", "APIStatusError", "APITimeoutError"]
__all__ += ["AnthropicError", "AuthenticationError", "BadRequestError", "ConflictError", "InternalServerError"]
__all__ += ["NotFoundError", "OverloadedError", "PermissionDeniedError", "RateLimitError", "RequestTooLargeError"]
__all__ += ["UnprocessableEntityError"]

MAX_MESSAGE = 2048
"""The maximum number of characters of a response that a message quotes."""


def truncated(text: str) -> str:
    """The text, truncated if it is too long for a message."""
    return text if len(text) <= MAX_MESSAGE else f"{text[:MAX_MESSAGE]}… ({len(text)} characters)"


class AnthropicError(Exception):
    """The base class of every error of this package."""


class APIError(AnthropicError):
    """A request failed.

    Attributes:
        message: A human-readable description of the error.
        request: The last request that was sent. Its `repr` and its pickle do not contain the credential.
        body: The body of the response: parsed if it is JSON, else text; None if there was no response.
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
        return type(self).__new__, (type(self), str(self)), self.__dict__


class APIConnectionError(APIError):
    """No response: the connection failed, was lost, or could not be used."""

    def __init__(self, *, message: str = "Connection error.", request: httpx.Request) -> None:
        super().__init__(message, request, body=None)


class APITimeoutError(APIConnectionError):
    """No complete response within the timeout."""

    def __init__(self, request: httpx.Request, *, message: str = "Request timed out.") -> None:
        super().__init__(message=message, request=request)


class APIResponseValidationError(APIError):
    """The status is a success, but the response does not match the expected schema.

    Attributes:
        response: The response.
        status_code: Its HTTP status.
        request_id: Its `request-id` header.
    """

    response: httpx.Response
    status_code: int
    request_id: str | None

    def __init__(self, response: httpx.Response, body: object | None, *, message: str | None = None) -> None:
        super().__init__(message or "The response does not match the expected schema.", response.request, body=body)
        _keep(self, response)


class APIStatusError(APIError):
    """The API returned a status that is not a success.

    Attributes:
        response: The response.
        status_code: Its HTTP status.
        request_id: Its `request-id` header.
        retry_after: The seconds that the API asks to wait before a retry; None if it does not ask.
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
        """The class for a status."""
        return cls._by_status.get(status, InternalServerError if 500 <= status <= 599 else APIStatusError)


def _keep(error: APIResponseValidationError | APIStatusError, response: httpx.Response) -> None:
    error.response = response
    error.status_code = response.status_code
    error.request_id = response.headers.get("request-id")


class BadRequestError(APIStatusError, status=400):
    """400: the request is invalid."""


class AuthenticationError(APIStatusError, status=401):
    """401: the credential is missing or not valid."""


class PermissionDeniedError(APIStatusError, status=403):
    """403: the credential does not give access to this resource."""


class NotFoundError(APIStatusError, status=404):
    """404: there is no such model, or the account cannot see it."""


class ConflictError(APIStatusError, status=409):
    """409: the resource is in use."""


class RequestTooLargeError(APIStatusError, status=413):
    """413: the request is larger than the API accepts."""


class UnprocessableEntityError(APIStatusError, status=422):
    """422: the request is well-formed, but cannot be processed."""


class RateLimitError(APIStatusError, status=429):
    """429: the account has exceeded its rate limit."""


class InternalServerError(APIStatusError):
    """5xx: an error inside the API."""


class OverloadedError(InternalServerError, status=529):
    """529: the API is overloaded."""
