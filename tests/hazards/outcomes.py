"""Many cases for one server: which of them is asked for, says the id of the model."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hostile import HostileServer, Peer, Script
    from recording import Recorded


def by_name(scripts: Mapping[str, Script]) -> Callable[[Peer], None]:
    """A script that answers each model as is told beside its name."""

    def script(peer: Peer) -> None:
        chosen = scripts[name_in(peer.request)]
        peer.send(chosen) if isinstance(chosen, bytes) else chosen(peer)

    return script


def name_in(request: Recorded) -> str:
    """The id of the model that a request asks for."""
    return unquote(request.target.rpartition("/")[2])


def asked(server: HostileServer) -> Counter[str]:
    """How many requests came for each model."""
    return Counter(map(name_in, server.requests))


def outcome(call: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
    """What a call gives or raises; a test of many cases looks at all of them before it complains."""
    try:
        return call(*arguments, **named)
    except Exception as error:  # noqa: BLE001  # which may be what is wanted
        return error


def types(outcomes: Mapping[str, Any]) -> dict[str, type]:
    """Of what class that is which came of each."""
    return {name: type(each) for name, each in outcomes.items()}


def not_refused(outcomes: Mapping[str, Any], word: str) -> dict[str, Any]:
    """Those outcomes that are no TypeError or ValueError with this word in its message."""
    return {
        name: each
        for name, each in outcomes.items()
        if type(each) not in (TypeError, ValueError) or word not in str(each)
    }
