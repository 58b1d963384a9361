"""After a fork, the parent and its children each get their own responses over their own connections."""

import json

from programs import echo_id, run

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

    def call(name, calls):  # and print the results
        asked = [f"{name}-{number}" for number in range(calls)]
        if kind == "async":
            got = asyncio.run(some(asked))
        elif name.startswith("child"):  # its threads compete for the parent's connection
            with ThreadPoolExecutor(4) as threads:
                got = list(threads.map(one, asked))
        else:
            got = list(map(one, asked))
        line = json.dumps({"url": url, "process": name.split(".")[0], "asked": asked, "got": got})
        os.write(1, f"{line}\\n".encode())  # at once, because other processes write too

    def close():
        client.close() if kind == "sync" else asyncio.run(client.close())

    def fork(number):
        if (process := os.fork()) != 0:
            return process
        try:
            call(f"child{number}", 4)
            close()
        finally:
            os._exit(0)

    # A thread's first and last use of OpenSSL takes locks, which a fork would leave locked forever, so all other
    # threads are in the middle of their calls while this one forks.
    under_way, forked = threading.Barrier(4), threading.Event()

    def keep_calling(number):
        call(f"parent.{number}", 1)
        under_way.wait()
        while not forked.is_set():
            call(f"parent.{number}-again", 2)

    call("parent.before", 2)
    busy = [threading.Thread(target=keep_calling, args=(number,)) for number in range(3 if moment == "busy" else 0)]
    for thread in busy:
        thread.start()
    if busy:
        under_way.wait()
    children = [fork(number) for number in range(3)]
    forked.set()
    call("parent.after", 3)
    for thread in busy:
        thread.join()
    for child in children:
        os.waitpid(child, 0)
    call("parent.late", 2)
    close()

for words in zip(*[iter(sys.argv[1:])] * 3):
    scenario(*words)
"""


def connections(server):
    """The connections that carried the requests of each process."""
    found = {}
    for request in server.requests:
        found.setdefault(request.model.replace(".", "-").split("-")[0], set()).add(request.connection)
    return found


def test_every_process_gets_its_own_responses(serve, tls):
    """The fork happens while a connection is idle, which the parent keeps using, and during calls of other threads."""
    contexts = {"http": None, "https": tls}
    servers = {
        (kind, moment, scheme): serve(echo_id, context=contexts[scheme])
        for kind in ("sync", "async")
        for moment in ("idle", "busy")
        for scheme in contexts
    }
    words = [word for (kind, moment, _), server in servers.items() for word in (kind, moment, server.url)]
    code, out, err = run(START + FORKING, *words, flags=("-W", "ignore::DeprecationWarning"))
    assert (code, err) == (0, "")
    printed = [json.loads(line) for line in out.splitlines()]

    for server in servers.values():
        lines, used = [line for line in printed if line["url"] == server.url], connections(server)

        assert len({line["process"] for line in lines}) == 4
        assert [line for line in lines if line["got"] != line["asked"]] == []
        assert sum(map(len, used.values())) == len(set().union(*used.values()))  # none is shared
    assert len(connections(servers["sync", "idle", "http"])["parent"]) == 1


def test_a_child_does_not_touch_its_parents_connections(serve):
    """A child may only close the clients, or make calls in the parent's event loop over its own connections."""
    blocking, asynchronous = serve(echo_id), serve(echo_id)
    ended = run(START + """
client, aclient = Anthropic(api_key="k", base_url=sys.argv[1]), AsyncAnthropic(api_key="k", base_url=sys.argv[2])
loop = asyncio.new_event_loop()
def call(name):
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
call("parent")
child(close)
call("parent")
child(lambda: call("child"))
child(lambda: call("other"), close)
call("parent")
close()
loop.close()
""", blocking.url, asynchronous.url, flags=("-W", "error"))  # fmt: skip

    assert ended == (0, "", "")
    assert [connections(server) for server in (blocking, asynchronous)] == [
        {"parent": {0}, "child": {1}, "other": {2}}
    ] * 2
