"""Keeping credentials out of sight: of every `repr`, pickle and traceback."""

from __future__ import annotations

import httpx

CREDENTIAL_HEADERS = ("x-api-key", "authorization")
_HIDDEN = frozenset((*CREDENTIAL_HEADERS, "proxy-authorization", "cookie"))


class Secret:
    """A credential that shows itself only to who asks for its `value`."""

    __slots__ = ("value",)

    def __init__(self, value: str) -> None:
        self.value = value

    def __repr__(self) -> str:
        return "[secret]"

    def __reduce__(self) -> tuple[type[Secret], tuple[str]]:
        return Secret, ("[secret]",)


class RequestHeaders(httpx.Headers):
    """Request headers whose credentials can be read one by one, but are neither shown nor pickled."""

    def _shown(self) -> list[tuple[str, str]]:
        return [(name, "[secret]" if name in _HIDDEN else value) for name, value in self.multi_items()]

    def __repr__(self) -> str:
        return repr(httpx.Headers(self._shown()))

    def __reduce__(self) -> tuple[type[RequestHeaders], tuple[list[tuple[str, str]]]]:
        return RequestHeaders, (self._shown(),)


def without_frames(error: BaseException) -> BaseException:
    """The error and its causes without their tracebacks, whose frames hold what was sent."""
    seen: set[int] = set()
    todo: list[BaseException | None] = [error]
    while todo:
        each = todo.pop()
        if each is not None and id(each) not in seen:
            seen.add(id(each))
            each.__traceback__ = None
            todo += [each.__cause__, each.__context__]
    return error
