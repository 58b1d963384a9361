"""Keeps credentials out of representations, logs and pickles, even if a server sends them back."""

from __future__ import annotations

import re
from typing import Any

from .libraries import buffered

CREDENTIAL_HEADERS = ("x-api-key", "authorization")
_HIDDEN = frozenset((*CREDENTIAL_HEADERS, "proxy-authorization", "cookie"))
_SHORTEST = 6
"""The minimum length of a credential that is searched for in responses; shorter ones would match ordinary words."""


class Secret(str):
    """A credential: a string whose `repr` and pickle do not show it."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'[secret]'"

    def __reduce__(self) -> tuple[type[Secret], tuple[str]]:
        return Secret, ("[secret]",)


class _Hiding:
    """Headers of a request whose `repr` and pickle do not contain credentials; each header can still be read."""

    _base: type[Any]

    def _shown(self: Any) -> list[tuple[str, str]]:
        return [(name, "[secret]" if name.lower() in _HIDDEN else value) for name, value in self.multi_items()]

    def __repr__(self: Any) -> str:
        return repr(self._base(self._shown()))

    def __reduce__(self: Any) -> tuple[type[Any], tuple[list[tuple[str, str]]]]:
        return self._base, (self._shown(),)

    def copy(self: Any) -> Any:
        """Return a copy that hides its credentials too."""
        return type(self)(self)


_hiding: dict[type[Any], type[Any]] = {}
"""Maps the headers class of each library to its subclass that hides credentials."""


def hide_credentials(request: Any) -> None:
    """Replace the headers of a request by ones that hide its credentials, unless they do so already."""
    base = type(request.headers)
    if issubclass(base, _Hiding):
        return
    if base not in _hiding:
        _hiding[base] = type("RequestHeaders", (_Hiding, base), {"_base": base})
    request.headers = _hiding[base](request.headers)


def without_echo(request: Any, value: Any) -> Any:
    """JSON, text or bytes without the credential of the request, which a server may have sent back."""
    echoes = "|".join(map(_spellings, _sent(request)))
    return _replaced(re.compile(echoes, re.IGNORECASE), value) if echoes else value


def _replaced(echo: re.Pattern[str], value: Any) -> Any:
    if isinstance(value, str):
        return echo.sub("[secret]", value)
    if isinstance(value, bytes):
        return echo.sub("[secret]", value.decode("latin-1")).encode("latin-1")
    if type(value) in (list, tuple):
        return type(value)(_replaced(echo, item) for item in value)
    if isinstance(value, dict):
        return {_replaced(echo, key): _replaced(echo, item) for key, item in value.items()}
    return value


def _sent(request: Any) -> list[str]:
    values = (request.headers.get(name, "").rpartition(" ")[2] for name in CREDENTIAL_HEADERS)  # without its scheme
    return [value for value in values if len(value) >= _SHORTEST]


def response_without_echo(response: Any, content: bytes) -> Any:
    """A response with this decoded body, and without the credential of its request."""
    headers, reason = response.headers.raw, response.extensions.get("reason_phrase", b"")
    content, headers, reason = without_echo(response.request, (content, headers, reason))
    return buffered(response, content, headers, reason_phrase=reason)


def _spellings(secret: str) -> str:
    """A pattern for the credential as JSON and URLs may write it: each character literal or escaped."""
    return "".join(rf"(?:\\?{re.escape(each)}|\\u{ord(each):04x}|%{ord(each):02x})" for each in secret)


def cause_without_secrets(error: BaseException, request: Any) -> BaseException:
    """Remove echoed credentials from an error and its causes, and their tracebacks, whose frames hold the request."""
    hide_credentials(request)
    seen: set[int] = set()
    todo: list[BaseException | None] = [error]
    while todo:
        each = todo.pop()
        if each is not None and id(each) not in seen:
            seen.add(id(each))
            each.__traceback__ = None
            if sent := vars(each).get("_request"):  # of an error of httpx; `auth` may send a request of its own
                hide_credentials(sent)
            each.args = without_echo(request, each.args)
            vars(each).update(without_echo(request, vars(each)))
            todo += [each.__cause__, each.__context__, *getattr(each, "exceptions", ())]
    return error
