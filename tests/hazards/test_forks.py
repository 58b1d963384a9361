"""After a fork parent and children all get their own answers, over connections of their own."""

import json

import pytest
from programs import named, run

START = """
import asyncio, json, os, sys, threading
from concurrent.futures import ThreadPoolExecutor
from anthropic_models import Anthropic, AsyncAnthropic
"""
FORKING = """
KIND, *SCENARIOS = sys.argv[1:]

def scenario(moment, url):
    client = (Anthropic if KIND == "sync" else AsyncAnthropic)(api_key="k", base_url=url, timeout=10)

    def one(name):
        try:
            return client.models.retrieve(name).id
        except Exception as error:
            return f"{type(error).__name__}: {error}"

    async def some(names):
        return [each.id for each in await asyncio.gather(*map(client.models.retrieve, names))]

    def ask(name, calls):  # and tell what came
        asked = [f"{name}-{number}" for number in range(calls)]
        if KIND == "async":
            got = asyncio.run(some(asked))
        elif name.startswith("child"):  # its threads race for what its parent left
            with ThreadPoolExecutor(4) as threads:
                got = list(threads.map(one, asked))
        else:
            got = list(map(one, asked))
        line = json.dumps({"url": url, "process": name.split(".")[0], "asked": asked, "got": got})
        os.write(1, f"{line}\\n".encode())  # in one piece, as others write, too

    def close():
        client.close() if KIND == "sync" else asyncio.run(client.close())

    def fork(number):
        process = os.fork()
        if process == 0:
            try:
                ask(f"child{number}", 6)
                close()
            finally:
                os._exit(0)
        children.append(process)

    # A thread's first and last use of OpenSSL takes locks that a fork would leave closed for ever, so all the
    # threads are in the middle of their calls while this one forks.
    under_way, forked, children = threading.Barrier(4), threading.Event(), []

    def keep_asking(number):
        ask(f"parent.{number}", 2)
        under_way.wait()
        while not forked.is_set():
            ask(f"parent.{number}-again", 5)

    ask("parent.before", 3)
    busy = [threading.Thread(target=keep_asking, args=(number,)) for number in range(3 if moment == "busy" else 0)]
    for thread in busy:
        thread.start()
    if busy:
        under_way.wait()
    for number in range(3):
        fork(number)
    forked.set()
    ask("parent.after", 6)
    for thread in busy:
        thread.join()
    for child in children:
        os.waitpid(child, 0)
    ask("parent.late", 3)
    close()

for moment, url in zip(SCENARIOS[::2], SCENARIOS[1::2]):
    scenario(moment, url)
"""


def carriers(server):
    """Which connections carried the requests of each process."""
    found = {}
    for request in server.requests:
        found.setdefault(request.model.replace(".", "-").split("-")[0], set()).add(request.connection)
    return found


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_every_process_gets_its_own_answers(serve, tls, kind):
    """Forked while a connection waits, and amid the calls of other threads; nobody hangs.

    The parent goes on over the connection that it had, though its children closed theirs and the client.
    """
    scenarios = [(moment, context) for moment in ("idle", "busy") for context in (None, tls)]
    servers = [serve(named, context=context) for _, context in scenarios]
    words = [word for (moment, _), server in zip(scenarios, servers, strict=True) for word in (moment, server.url)]
    ended = run(START + FORKING, kind, *words, flags=("-W", "ignore::DeprecationWarning"))
    assert (ended.code, ended.err) == (0, "")
    told = [json.loads(line) for line in ended.out.splitlines()]

    for server in servers:
        lines, used = [line for line in told if line["url"] == server.url], carriers(server)

        assert len({line["process"] for line in lines}) == 4
        assert [line for line in lines if line["got"] != line["asked"]] == []
        assert sum(map(len, used.values())) == len(set().union(*used.values()))  # no two shared one
    assert kind == "async" or len(carriers(servers[0])["parent"]) == 1


def test_a_child_leaves_its_parents_connections_alone(serve):
    """One that only closes the clients, and one that goes on with its parent's event loop, which has its own."""
    blocking, asynchronous = serve(named), serve(named)
    ended = run(START + """
client, aclient = Anthropic(api_key="k", base_url=sys.argv[1]), AsyncAnthropic(api_key="k", base_url=sys.argv[2])
loop = asyncio.new_event_loop()
def ask(name):
    client.models.retrieve(name)
    loop.run_until_complete(aclient.models.retrieve(name))
def close():
    client.close()
    loop.run_until_complete(aclient.close())
def child(*do):
    if os.fork() == 0:
        for each in do:
            each()
        os._exit(0)
    os.wait()
ask("parent")
child(close)
ask("parent")
child(lambda: ask("child"))
child(lambda: ask("other"), close)
ask("parent")
close()
loop.close()
""", blocking.url, asynchronous.url, flags=("-W", "error"))  # fmt: skip

    assert ended == (0, "", "")
    assert [carriers(server) for server in (blocking, asynchronous)] == [
        {"parent": {0}, "child": {1}, "other": {2}}
    ] * 2
