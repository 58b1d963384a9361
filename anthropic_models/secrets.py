"""Keeping credentials out of sight: of every `repr`, pickle and traceback, even where a server sends them back."""

from __future__ import annotations

from typing import Any

import httpx

CREDENTIAL_HEADERS = ("x-api-key", "authorization")
_HIDDEN = frozenset((*CREDENTIAL_HEADERS, "proxy-authorization", "cookie"))
_SHORTEST = 6
"""Characters of a credential that is looked for in answers; a shorter one is found in innocent words."""


class Secret:
    """A credential that shows itself only to who asks for its `value`."""

    __slots__ = ("value",)

    def __init__(self, value: str) -> None:
        self.value = value

    def __repr__(self) -> str:
        return "[secret]"

    def __reduce__(self) -> tuple[type[Secret], tuple[str]]:
        return Secret, ("[secret]",)

    @classmethod
    def of(cls, value: object) -> Secret | None:
        """What a caller gave as a credential, not checked yet."""
        return value if value is None or isinstance(value, Secret) else cls(value)  # type: ignore[arg-type]  # `settings.secret` checks it


class RequestHeaders(httpx.Headers):
    """Request headers whose credentials can be read one by one, but are neither shown nor pickled."""

    def _shown(self) -> list[tuple[str, str]]:
        return [(name, "[secret]" if name in _HIDDEN else value) for name, value in self.multi_items()]

    def __repr__(self) -> str:
        return repr(httpx.Headers(self._shown()))

    def __reduce__(self) -> tuple[type[RequestHeaders], tuple[list[tuple[str, str]]]]:
        return RequestHeaders, (self._shown(),)

    def copy(self) -> RequestHeaders:
        """The same headers, as careful."""
        return RequestHeaders(self)


def hidden(arguments: dict[str, Any]) -> dict[str, Any]:
    """The local variables of a method that are its arguments, the credentials among them hidden."""
    return {
        name: Secret.of(value) if name in ("api_key", "auth_token") else value
        for name, value in arguments.items()
        if name not in ("self", "__class__")
    }


def without_echo(request: httpx.Request, text: str) -> str:
    """The text without the credential of the request, which a server may have sent back."""
    for value in _sent(request):
        text = text.replace(value, "[secret]")
    return text


def _sent(request: httpx.Request) -> list[str]:
    values = (request.headers.get(name, "").removeprefix("Bearer ") for name in CREDENTIAL_HEADERS)
    return [value for value in values if len(value) >= _SHORTEST]


def response_without_echo(response: httpx.Response) -> httpx.Response:
    """The response without the credential of its request; the very same where it has it nowhere."""
    content = response.content if response.is_closed and response.is_stream_consumed else b""
    headers = [part for header in response.headers.raw for part in header]
    parts = [content, response.extensions.get("reason_phrase", b""), *headers]
    cleaned = parts
    for value in _sent(response.request):
        cleaned = [part.replace(value.encode("ascii", "replace"), b"[secret]") for part in cleaned]
    if cleaned == parts:
        return response
    content, reason, *headers = cleaned
    extensions = {**response.extensions, "reason_phrase": reason}
    made = httpx.Response(response.status_code, content=content, request=response.request, extensions=extensions)
    made.headers = httpx.Headers(list(zip(headers[::2], headers[1::2], strict=True)))
    return made


def cause_without_secrets(error: BaseException, request: httpx.Request) -> BaseException:
    """The error and its causes without their tracebacks, whose frames hold what was sent, and without echoes."""
    seen: set[int] = set()
    todo: list[BaseException | None] = [error]
    while todo:
        each = todo.pop()
        if each is not None and id(each) not in seen:
            seen.add(id(each))
            each.__traceback__ = None
            each.args = tuple(without_echo(request, arg) if isinstance(arg, str) else arg for arg in each.args)
            todo += [each.__cause__, each.__context__]
    return error
