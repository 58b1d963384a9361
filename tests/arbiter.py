"""The fragment as the arbiter of every exchange in the suite, by openapi-core and by the local server's own check.

conftest.py loads it, and no test has to remember it: when a test ends, what it sent to a server of the tests is held
to the fragment, and so is what the server of `anthropic_models.testing` answered. (The others answer what a test tells
them to.) A test that breaks the contract on purpose says why; it fails when it does not break it::

    @pytest.mark.breaks_contract("no credential is sent")
"""

import functools
import re
from dataclasses import replace
from weakref import WeakKeyDictionary

import pytest
from recording import RecordingServer

from anthropic_models.testing import RecordedRequest
from anthropic_models.testing.records import Request
from anthropic_models.testing.server import Server

MARK = "breaks_contract"
UNJUDGED = {"host", "user-agent", "x-stainless-retry-count"}
"""Headers that differ from client to client and from try to try, and that no contract here may have a word on."""

_judged = WeakKeyDictionary()
"""Every server there is, and how many of its exchanges have been judged."""

_unjudged = []
"""Those of the test that runs: a server that the test has let go of is still to be judged."""


def pytest_configure(config):
    """Make the mark known."""
    config.addinivalue_line("markers", f"{MARK}(reason): what this test exchanges is not what the fragment says")


@pytest.fixture(autouse=True)
def _every_exchange_obeys_the_fragment(request):
    yield
    found = [fault for server in list(_judged) for fault in _faults(server)]
    _unjudged.clear()
    mark = request.node.get_closest_marker(MARK)
    if mark is None and found:
        pytest.fail("\n".join(["the fragment does not allow what was exchanged:", *found]), pytrace=False)
    if mark is not None and not found:
        pytest.fail(f"nothing was exchanged that breaks the contract: take the mark {MARK} away", pytrace=False)


def _noted(begin):
    """Let the arbiter know every server that begins so; its `requests` have a method, a target and headers."""

    @functools.wraps(begin)
    def noted(server, *arguments, **settings):
        begin(server, *arguments, **settings)
        _judged[server] = 0
        _unjudged.append(server)

    return noted


for kind in (Server, RecordingServer):
    kind.__init__ = _noted(kind.__init__)


def _faults(server):
    """What the fragment says against the exchanges that have not been judged yet."""
    requests = [*getattr(server, "earlier", ()), *server.requests]
    exchanges = dict.fromkeys(map(_recorded, requests[_judged[server] :]))  # the same again is judged once
    _judged[server] = len(requests)
    judges = _judges(server) if exchanges else ()
    for request, answer in exchanges:
        yield from _complaints(*judges, request, answer)


def _judges(server):
    """Those of the server's fragment, which may be a changed one, or of the installed one."""
    import judge  # only now: openapi-core takes half a second

    from anthropic_models.testing.contract import load

    contract = server.contract if isinstance(server, Server) else load()
    return contract, judge.load() if contract is load() else judge.Judge(contract.document)


def _recorded(request):
    """What there is to judge of a request: all that a fault could be found in."""
    headers = tuple(pair for pair in request.headers if pair[0].lower() not in UNJUDGED)
    target = re.sub(r"/\d+(?=$|\?)", "/0", request.target)  # one number at the end of a path is as good as another
    answer = _unnumbered(request.answer) if isinstance(request, RecordedRequest) else None
    if answer is not None and (answer.drop_after or answer.stall_after):  # a part of an answer, as it was planned
        answer = None
    return Request(request.method, target, headers, request.body), answer


def _unnumbered(answer):
    """The answer without the number in its request id, by which it differs from every other."""
    for numbered in answer.header("request-id"):
        plain = re.sub(r"_\d+$", "", numbered)
        headers = tuple((name, plain if value == numbered else value) for name, value in answer.headers)
        return replace(answer, headers=headers, body=answer.body.replace(numbered.encode(), plain.encode()))
    return answer


@functools.lru_cache(maxsize=1000)  # most tests send the same request, and are answered the same
def _complaints(contract, judge, request, answer):
    verdict = contract.check(request)
    faults = [
        f"{request.method} {request.target}: {fault}" for fault in (*verdict.errors, *judge.check_request(request))
    ]
    if answer is not None and verdict.operation:
        told = f"{request.method} {request.target} was answered {answer.status}"
        faults += [f"{told}: {fault}" for fault in judge.check_answer(Request(request.method, request.path), answer)]
    return faults
