"""Checks every exchange of the suite against the fragment, with openapi-core and with the local server's own check.

When a test ends, it checks every request that reached a server of the tests, and every response of the server of
`anthropic_models.testing`; a `RecordingServer` sends whatever a test plans. A test that violates the fragment on
purpose is marked `@pytest.mark.breaks_contract("why")`; it fails if there is no violation.
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
IGNORED = {"host", "user-agent", "x-stainless-retry-count"}
"""Headers that differ between clients and attempts; the fragment must not declare them."""

_checked = WeakKeyDictionary()
"""Every server, and how many of its exchanges have been checked."""

_current = []
"""The servers of the running test, so that none is garbage-collected before it is checked."""


def pytest_configure(config):
    """Register the marker."""
    config.addinivalue_line("markers", f"{MARK}(reason): an exchange of this test violates the fragment")


@pytest.fixture(autouse=True)
def _every_exchange_matches_the_fragment(request):
    yield
    found = [fault for server in list(_checked) for fault in _faults(server)]
    _current.clear()
    mark = request.node.get_closest_marker(MARK)
    if mark is None and found:
        pytest.fail("\n".join(["exchanges of this test violate the fragment:", *found]), pytrace=False)
    if mark is not None and not found:
        pytest.fail(f"no exchange of this test violates the fragment: remove the marker {MARK}", pytrace=False)


def _registering(init):
    """The `__init__` of a server class, extended to register each server here."""

    @functools.wraps(init)
    def registering(server, *arguments, **settings):
        init(server, *arguments, **settings)
        _checked[server] = 0
        _current.append(server)

    return registering


for kind in (Server, RecordingServer):
    kind.__init__ = _registering(kind.__init__)


def _faults(server):
    """The violations in the exchanges of a server that have not been checked yet."""
    requests = [*getattr(server, "earlier", ()), *server.requests]
    exchanges = dict.fromkeys(map(_normalized, requests[_checked[server] :]))  # equal exchanges are checked once
    _checked[server] = len(requests)
    checkers = _checkers(server) if exchanges else ()
    for request, answer in exchanges:
        yield from _check(*checkers, request, answer)


def _checkers(server):
    """Both checks, for the server's fragment, which a test may have changed, or for the installed one."""
    import judge  # here, because openapi-core takes half a second

    from anthropic_models.testing.contract import load

    contract = server.contract if isinstance(server, Server) else load()
    return contract, judge.load() if contract is load() else judge.Judge(contract.document)


def _normalized(request):
    """The exchange without the parts that are not checked."""
    headers = tuple(pair for pair in request.headers if pair[0].lower() not in IGNORED)
    target = re.sub(r"/\d+(?=$|\?)", "/0", request.target)  # the value of a number at the end does not matter
    answer = _without_number(request.answer) if isinstance(request, RecordedRequest) else None
    if answer is not None and (answer.drop_after or answer.stall_after):  # a planned partial answer
        answer = None
    return Request(request.method, target, headers, request.body), answer


def _without_number(answer):
    """The answer without the unique number in its request id."""
    for numbered in answer.header("request-id"):
        plain = re.sub(r"_\d+$", "", numbered)
        headers = tuple((name, plain if value == numbered else value) for name, value in answer.headers)
        return replace(answer, headers=headers, body=answer.body.replace(numbered.encode(), plain.encode()))
    return answer


@functools.lru_cache(maxsize=1000)  # most tests have the same exchange
def _check(contract, judge, request, answer):
    verdict = contract.check(request)
    faults = [
        f"{request.method} {request.target}: {fault}" for fault in (*verdict.errors, *judge.check_request(request))
    ]
    if answer is not None and verdict.operation:
        where = f"{request.method} {request.target} -> {answer.status}"
        faults += [f"{where}: {fault}" for fault in judge.check_response(Request(request.method, request.path), answer)]
    return faults
