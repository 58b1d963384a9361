"""Keeps credentials out of whatever is shown, logged or pickled, also when a server sends them back."""

from __future__ import annotations

import re
from typing import Any

from .libraries import whole

CREDENTIAL_HEADERS = ("x-api-key", "authorization")
_HIDDEN = frozenset((*CREDENTIAL_HEADERS, "proxy-authorization", "cookie"))
_SHORTEST = 6
"""Characters of a credential that is looked for in answers; a shorter one is found in innocent words."""


class Secret(str):
    """A credential: a string whose `repr` and pickle do not show it."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'[secret]'"

    def __reduce__(self) -> tuple[type[Secret], tuple[str]]:
        return Secret, ("[secret]",)


class _Hiding:
    """Headers of a request, whose credentials can be read one by one, but are neither shown nor pickled."""

    _base: type[Any]

    def _shown(self: Any) -> list[tuple[str, str]]:
        return [(name, "[secret]" if name.lower() in _HIDDEN else value) for name, value in self.multi_items()]

    def __repr__(self: Any) -> str:
        return repr(self._base(self._shown()))

    def __reduce__(self: Any) -> tuple[type[Any], tuple[list[tuple[str, str]]]]:
        return self._base, (self._shown(),)

    def copy(self: Any) -> Any:
        """The same headers, as careful."""
        return type(self)(self)


_hiding: dict[type[Any], type[Any]] = {}
"""The class of such headers for that of each library."""


def hide_credentials(request: Any) -> None:
    """Let the headers of a request show no credential."""
    base = type(request.headers)
    if base not in _hiding:
        _hiding[base] = type("RequestHeaders", (_Hiding, base), {"_base": base})
    request.headers = _hiding[base](request.headers)


def without_echo(request: Any, value: Any) -> Any:
    """Decoded JSON or text without the credential of the request, which a server may have sent back."""
    echoes = [_spellings(secret) for secret in _sent(request)]
    return _replaced(re.compile("|".join(echoes)), value) if echoes else value


def _replaced(echo: re.Pattern[str], value: Any) -> Any:
    if isinstance(value, str):
        return echo.sub("[secret]", value)
    if isinstance(value, list):
        return [_replaced(echo, item) for item in value]
    if isinstance(value, dict):
        return {echo.sub("[secret]", key): _replaced(echo, item) for key, item in value.items()}
    return value


def _sent(request: Any) -> list[str]:
    values = (request.headers.get(name, "").removeprefix("Bearer ") for name in CREDENTIAL_HEADERS)
    return [value for value in values if len(value) >= _SHORTEST]


def response_without_echo(response: Any, content: bytes) -> Any:
    """A response with this body, decoded, and without the credential of its request."""
    headers: list[tuple[bytes, bytes]] = response.headers.raw
    parts = [content, response.extensions.get("reason_phrase", b""), *(part for header in headers for part in header)]
    for secret in _sent(response.request):
        pattern = re.compile(_spellings(secret).encode("ascii", "replace"))
        parts = [pattern.sub(b"[secret]", part) for part in parts]
    content, reason, *flat = parts
    return whole(response, content, list(zip(flat[::2], flat[1::2], strict=True)), reason_phrase=reason)


def _spellings(secret: str) -> str:
    """A pattern for the credential as JSON and URLs may spell it: each character plain, escaped, or by its number."""
    return "".join(rf"(?:\\?{re.escape(each)}|\\u(?i:{ord(each):04x})|%(?i:{ord(each):02x}))" for each in secret)


def cause_without_secrets(error: BaseException, request: Any) -> BaseException:
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
