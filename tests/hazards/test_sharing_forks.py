"""After a fork parent and children all get their own answers, over connections of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hostile import MODEL, answer


def named(peer: Any) -> None:
    """An answer that says who asked."""
    peer.send(answer({**MODEL, "id": peer.request.target.rpartition("/")[2].replace("%2F", "/")}))


def forked(url: str, kind: str, moment: str) -> list[dict[str, Any]]:
    """What the processes of the program asked for and got."""
    program = Path(__file__).with_name("forking.py")
    command = [sys.executable, "-W", "ignore::DeprecationWarning", str(program), url, kind, moment]
    run = subprocess.run(command, capture_output=True, text=True, timeout=50)

    assert (run.returncode, run.stderr) == (0, "")
    return [json.loads(line) for line in run.stdout.splitlines()]


def carriers(server: Any) -> dict[str, set[int]]:
    """Which connections carried the requests of each process."""
    found: dict[str, set[int]] = {}
    for request in server.requests:
        name = request.target.rpartition("/")[2].split("%2F")[0].split("-")[0]
        found.setdefault(name, set()).add(request.connection)
    return found


@pytest.mark.parametrize("secure", [False, True], ids=["plain", "TLS"])
@pytest.mark.parametrize("moment", ["idle", "busy", "thread"])
@pytest.mark.parametrize("kind", ["sync", "async"])
def test_every_process_gets_its_own_answers(serve: Any, tls: Any, kind: str, moment: str, secure: bool) -> None:
    """Forked while a connection waits, amid the calls of other threads, or from a thread; nobody hangs."""
    server = serve(named, context=tls if secure else None)
    told = forked(server.url, kind, moment)
    used = carriers(server)

    assert {each["process"] for each in told} == {"parent", "child0", "child1", "child2"}
    assert [each["got"] for each in told] == [each["asked"] for each in told]
    assert sum(map(len, used.values())) == len(set().union(*used.values()))


def test_a_child_leaves_its_parents_connections_alone(serve: Any) -> None:
    """The parent goes on over the connection that it had, though the children closed theirs and the client."""
    server = serve(named)
    forked(server.url, "sync", "idle")

    assert len(carriers(server)["parent"]) == 1


def test_an_http_client_that_was_used_before_a_fork_is_refused_in_the_child(serve: Any) -> None:
    """Its connections are not ours to close: better one clear error than the answer of another process."""
    server = serve(named)
    told = forked(server.url, "given", "idle")
    children = [got for each in told if each["process"] != "parent" for got in each["got"]]

    assert [each["got"] for each in told if each["process"] == "parent"] == [
        each["asked"] for each in told if each["process"] == "parent"
    ]
    assert len(children) == 45
    assert all("used before this process was forked" in got for got in children)
    assert set(carriers(server)) == {"parent"}


def test_an_http_client_that_is_first_used_after_a_fork_works(serve: Any) -> None:
    """In the process that uses it first, whichever that is."""
    server = serve(named)
    told = forked(server.url, "given", "unused")

    assert [each["got"] for each in told] == [each["asked"] for each in told]
