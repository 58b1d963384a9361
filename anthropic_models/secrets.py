"""Keeps credentials out of representations, logs and pickles, even if a server sends them back."""

from __future__ import annotations

import contextlib
import operator
import re
import sys
from types import TracebackType
from typing import Any

from .libraries import buffered, classes

CREDENTIAL_HEADERS = ("x-api-key", "authorization")
_HIDDEN = frozenset((*CREDENTIAL_HEADERS, "proxy-authorization", "cookie"))
_LIBRARIES = frozenset(("aiohttp", "anthropic_models", "anyio", "h11", "h2", "hpack", "httpcore", "httpcore2", "httpx"))
_LIBRARIES |= {"anthropic_models_api", "httpx2", "httpx_aiohttp", "socksio", "trio"}
"""The libraries whose frames hold requests with credentials."""
_SHORTEST = 6
"""The minimum length of a credential that is searched for in responses; shorter ones would match ordinary words."""


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
    """The value without the credential; the same object if it does not show the credential."""
    kind = type(value)
    if kind is str:
        return echo.sub("[secret]", value)
    if kind in (int, float, bool, type(None)):
        return value
    if kind in (list, tuple):
        items = kind([_replaced(echo, item) for item in value])
        return value if all(map(operator.is_, items, value)) else items
    if kind is dict:
        pairs = [(_replaced(echo, key), _replaced(echo, item)) for key, item in value.items()]
        same = all(key is old and item is value[old] for (key, item), old in zip(pairs, value, strict=True))
        return value if same else dict(pairs)
    if isinstance(value, classes("Response")):
        value.extensions = _replaced(echo, value.extensions)  # its representation shows the reason phrase
        return value
    if isinstance(value, classes("Request")):
        return value
    shown = value if isinstance(value, str) else value.decode("latin-1") if isinstance(value, bytes) else _repr(value)
    if not echo.search(shown):
        return value
    replaced = echo.sub("[secret]", shown)
    return replaced.encode("latin-1") if isinstance(value, bytes) else replaced


def _repr(value: object) -> str:
    with contextlib.suppress(Exception):  # one that fails shows nothing
        return repr(value)
    return ""


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
    """Remove credentials from an error and its causes, with the frames of their tracebacks that hold the request."""
    hide_credentials(request)
    seen: set[int] = set()
    todo: list[BaseException | None] = [error]
    while todo:
        each = todo.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        todo += [each.__cause__, each.__context__]
        todo += each.exceptions if isinstance(each, BaseExceptionGroup) else ()
        with contextlib.suppress(Exception):  # an exception of the caller's own may refuse any of this
            each.__traceback__ = _callers_frames(each.__traceback__)
            if sent := vars(each).get("_request"):  # of an error of httpx; `auth` may send a request of its own
                hide_credentials(sent)
            each.args, values = without_echo(request, (each.args, dict(vars(each))))
            vars(each).update(values)
    return error


def _callers_frames(traceback: TracebackType | None) -> TracebackType | None:
    """The frames of the caller's own code that was called last, such as a hook."""
    kept = traceback
    while traceback is not None:
        frame, traceback = traceback, traceback.tb_next
        module = str(frame.tb_frame.f_globals.get("__name__")).partition(".")[0]
        if module in _LIBRARIES or (kept is frame and module in sys.stdlib_module_names):
            kept = traceback
    return kept
