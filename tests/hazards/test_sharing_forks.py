"""After a fork parent and children all get their own answers, over connections of their own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hostile import MODEL, answer
from outcomes import name_in
from programs import run

if TYPE_CHECKING:
    from hostile import Peer


def named(peer: Peer) -> None:
    """An answer that says who asked."""
    peer.send(answer({**MODEL, "id": name_in(peer.request)}))


def forked(kind: str, scenarios: dict[str, str]) -> dict[str, list[dict[str, Any]]]:
    """What the processes of the program asked for and got, by the moment of the fork, of which each has its URL."""
    program = Path(__file__).with_name("forking.py")
    command = [sys.executable, "-W", "ignore::DeprecationWarning", str(program), kind]
    command += [word for name, url in scenarios.items() for word in (name.split(",")[0], url)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            out, err = process.communicate(timeout=50)
        finally:
            with suppress(ProcessLookupError):  # which is as it should be
                os.killpg(process.pid, signal.SIGKILL)  # with all its children

    assert (process.returncode, err) == (0, "")
    lines = [json.loads(line) for line in out.splitlines()]
    return {name: [line for line in lines if line["url"] == url] for name, url in scenarios.items()}


def carriers(server: Any) -> dict[str, set[int]]:
    """Which connections carried the requests of each process."""
    found: dict[str, set[int]] = {}
    for request in server.requests:
        found.setdefault(name_in(request).split("/")[0].split("-")[0], set()).add(request.connection)
    return found


@pytest.mark.parametrize("kind", ["sync", "async", "Default"])
def test_every_process_gets_its_own_answers(serve: Any, tls: Any, kind: str) -> None:
    """Forked while a connection waits, amid the calls of other threads, or from a thread; nobody hangs.

    The parent goes on over the connection that it had, though its children closed theirs and the client.
    """
    servers = {
        f"{moment}, {way}": serve(named, context=context)
        for moment in ("idle", "busy", "thread")
        for way, context in (("plain", None), ("TLS", tls))
    }
    told = forked(kind, {name: server.url for name, server in servers.items()})
    used = {name: carriers(server) for name, server in servers.items()}

    assert {name: len({line["process"] for line in lines}) for name, lines in told.items()} == dict.fromkeys(servers, 4)
    assert [(name, line) for name, lines in told.items() for line in lines if line["got"] != line["asked"]] == []
    assert {name: sum(map(len, each.values())) for name, each in used.items()} == {
        name: len(set().union(*each.values())) for name, each in used.items()
    }
    assert kind == "async" or len(used["idle, plain"]["parent"]) == 1


def test_a_child_that_goes_on_with_its_parents_event_loop_has_connections_of_its_own(serve: Any) -> None:
    """Its parent's are as they were, and carry the next call."""
    server = serve(named)
    ended = run("""
import asyncio, os, sys
from anthropic_models import AsyncAnthropic
client, loop = AsyncAnthropic(api_key="k", base_url=sys.argv[1]), asyncio.new_event_loop()
ask = lambda name: print(loop.run_until_complete(client.models.retrieve(name)).id, flush=True)
ask("parent")
child = os.fork()
if child == 0:
    ask("child")
    os._exit(0)
os.waitpid(child, 0)
ask("parent")
loop.run_until_complete(client.close())
loop.close()
""", server.url, flags=("-W", "error"))  # fmt: skip

    assert ended == (0, "parent\nchild\nparent\n", "")
    assert carriers(server) == {"parent": {0}, "child": {1}}


def test_a_child_that_only_closes_the_client_leaves_its_parents_connections_alone(serve: Any) -> None:
    """The parent's next call goes over the same one."""
    servers = [serve(named), serve(named)]
    ended = run("""
import asyncio, os, sys
from anthropic_models import Anthropic, AsyncAnthropic
client, aclient = Anthropic(api_key="k", base_url=sys.argv[1]), AsyncAnthropic(api_key="k", base_url=sys.argv[2])
loop = asyncio.new_event_loop()
def ask():
    client.models.retrieve("parent")
    loop.run_until_complete(aclient.models.retrieve("parent"))
def close():
    client.close()
    loop.run_until_complete(aclient.close())
ask()
if os.fork() == 0:
    close()
    os._exit(0)
os.wait()
ask()
close()
loop.close()
""", *(server.url for server in servers), flags=("-W", "error"))  # fmt: skip

    assert ended == (0, "", "")
    assert [carriers(server) for server in servers] == [{"parent": {0}}] * 2
