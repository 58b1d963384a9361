"""After a fork parent and children all get their own answers, over connections of their own."""

import json

from programs import named, run

START = """
import asyncio, json, os, sys, threading
from concurrent.futures import ThreadPoolExecutor
from anthropic_models import Anthropic, AsyncAnthropic
"""
FORKING = """
def scenario(kind, moment, url):
    client = (Anthropic if kind == "sync" else AsyncAnthropic)(api_key="k", base_url=url, timeout=10)

    def one(name):
        try:
            return client.models.retrieve(name).id
        except Exception as error:
            return f"{type(error).__name__}: {error}"

    async def some(names):
        return [each.id for each in await asyncio.gather(*map(client.models.retrieve, names))]

    def ask(name, calls):  # and tell what came
        asked = [f"{name}-{number}" for number in range(calls)]
        if kind == "async":
            got = asyncio.run(some(asked))
        elif name.startswith("child"):  # its threads race for what its parent left
            with ThreadPoolExecutor(4) as threads:
                got = list(threads.map(one, asked))
        else:
            got = list(map(one, asked))
        line = json.dumps({"url": url, "process": name.split(".")[0], "asked": asked, "got": got})
        os.write(1, f"{line}\\n".encode())  # in one piece, as others write, too

    def close():
        client.close() if kind == "sync" else asyncio.run(client.close())

    def fork(number):
        if (process := os.fork()) != 0:
            return process
        try:
            ask(f"child{number}", 4)
            close()
        finally:
            os._exit(0)

    # A thread's first and last use of OpenSSL takes locks that a fork would leave closed for ever, so all the
    # threads are in the middle of their calls while this one forks.
    under_way, forked = threading.Barrier(4), threading.Event()

    def keep_asking(number):
        ask(f"parent.{number}", 1)
        under_way.wait()
        while not forked.is_set():
            ask(f"parent.{number}-again", 2)

    ask("parent.before", 2)
    busy = [threading.Thread(target=keep_asking, args=(number,)) for number in range(3 if moment == "busy" else 0)]
    for thread in busy:
        thread.start()
    if busy:
        under_way.wait()
    children = [fork(number) for number in range(3)]
    forked.set()
    ask("parent.after", 3)
    for thread in busy:
        thread.join()
    for child in children:
        os.waitpid(child, 0)
    ask("parent.late", 2)
    close()

for words in zip(*[iter(sys.argv[1:])] * 3):
    scenario(*words)
"""


def carriers(server):
    """Which connections carried the requests of each process."""
    found = {}
    for request in server.requests:
        found.setdefault(request.model.replace(".", "-").split("-")[0], set()).add(request.connection)
    return found


def test_every_process_gets_its_own_answers(serve, tls):
    """Forked while a connection waits, which its parent goes on with, and amid the calls of other threads."""
    contexts = {"http": None, "https": tls}
    servers = {
        (kind, moment, scheme): serve(named, context=contexts[scheme])
        for kind in ("sync", "async")
        for moment in ("idle", "busy")
        for scheme in contexts
    }
    words = [word for (kind, moment, _), server in servers.items() for word in (kind, moment, server.url)]
    code, out, err = run(START + FORKING, *words, flags=("-W", "ignore::DeprecationWarning"))
    assert (code, err) == (0, "")
    told = [json.loads(line) for line in out.splitlines()]

    for server in servers.values():
        lines, used = [line for line in told if line["url"] == server.url], carriers(server)

        assert len({line["process"] for line in lines}) == 4
        assert [line for line in lines if line["got"] != line["asked"]] == []
        assert sum(map(len, used.values())) == len(set().union(*used.values()))  # no two shared one
    assert len(carriers(servers["sync", "idle", "http"])["parent"]) == 1


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
