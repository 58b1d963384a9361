"""The way through an httpx client, for asyncio: its places, and what becomes of exchanges that nobody waits for."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from trust import TLS

from anthropic_models.transport import async_through
from anthropic_models.transport.async_through import Gate, _abandoned, _Exchange
from anthropic_models.transport.deadlines import Deadline
from anthropic_models.transport.messages import Origin, Request

SENT = Request("GET", Origin("http", "models.test", 80, "models.test"), "/", {})


def test_a_gate_has_as_many_places_as_its_client_has_connections() -> None:
    """And a hundred where the client does not tell."""
    clients: list[Any] = [
        httpx.AsyncClient(limits=httpx.Limits(max_connections=3), verify=TLS),
        httpx.AsyncClient(transport=httpx.MockTransport(lambda _: httpx.Response(200))),
        object(),
    ]

    assert [Gate(client)._places._value for client in clients] == [3, 100, 100]


def test_a_place_is_free_again_when_its_exchange_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answered or failed."""
    monkeypatch.setattr(async_through, "MAX_CONNECTIONS", 1)
    answers = iter([200, None, 201])

    async def answer(_: httpx.Request) -> httpx.Response:
        status = next(answers)
        if status is None:
            raise httpx.ReadError("broken")
        return httpx.Response(status)

    async def fetch() -> list[Any]:
        gate = Gate(httpx.AsyncClient(transport=httpx.MockTransport(answer)))
        found: list[Any] = []
        for _ in range(3):
            try:
                found.append((await gate.fetch(SENT, Deadline(httpx.Timeout(9, pool=0.5)), stream=False)).status)
            except httpx.TransportError as error:
                found.append(str(error))
        return found

    assert asyncio.run(fetch()) == [200, "broken", 201]


def test_the_transport_of_a_client_tells_where_it_is() -> None:
    """By httpcore's own way of telling; the request goes out as it is, without a second one."""
    seen: list[Any] = []

    async def answer(request: httpx.Request) -> httpx.Response:
        seen.append((request.extensions["trace"].__func__, request.headers.get("authorization")))
        return httpx.Response(307, headers={"location": "/other"})

    async def fetch() -> Any:
        mock = httpx.MockTransport(answer)
        gate = Gate(httpx.AsyncClient(transport=mock, auth=("user", "password"), follow_redirects=True))
        return await gate.fetch(SENT, Deadline(httpx.Timeout(9)), stream=False)

    assert asyncio.run(fetch()).status == 307
    assert seen == [(_Exchange.trace, None)]


READING = "http11.receive_response_headers.started"
EVENTS = [
    "connection.connect_tcp.started",
    "http11.send_request_headers.started",
    READING.replace("started", "complete"),
]


@pytest.mark.parametrize("order", ["told before", "told after", "never told"])
def test_an_abandoned_exchange_is_cancelled_only_while_it_reads(order: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """At once where it reads, else as soon as it does; one that never tells is given a moment first."""
    monkeypatch.setattr(async_through, "_GRACE", 0.0)

    async def follow() -> list[Any]:
        exchange = _Exchange()
        task: Any = asyncio.ensure_future(asyncio.sleep(60))
        exchange.task = task
        found: list[Any] = []
        if order == "told before":
            await exchange.trace(READING, {})
            found.append(task.cancelling())
        exchange.abandon()
        found += [task in _abandoned, task.cancelling()]
        if order == "told after":
            for event in [*EVENTS, READING]:
                await exchange.trace(event, {})
                await asyncio.sleep(0)
                await asyncio.sleep(0)
                found.append(task.cancelling())
        await asyncio.wait([task])
        await asyncio.sleep(0)
        return [*found, task.cancelled(), task in _abandoned]

    assert (
        asyncio.run(follow())
        == {
            "told before": [0, True, 1, True, False],
            "told after": [True, 0, 0, 0, 0, 1, True, False],
            "never told": [True, 0, True, False],
        }[order]
    )


def test_one_that_has_told_is_not_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """However late: it ends by timeouts of its own. Before it is abandoned, reading is no reason to end it."""
    monkeypatch.setattr(async_through, "_GRACE", 0.0)

    async def follow() -> list[int]:
        found = []
        for first, later in ((EVENTS[0], None), (None, EVENTS[0]), (READING, EVENTS[2])):
            exchange = _Exchange()
            task: Any = asyncio.ensure_future(asyncio.sleep(60))
            exchange.task = task
            if first is not None:
                await exchange.trace(first, {})
            if first == READING:
                await exchange.trace(EVENTS[2], {})
            exchange.abandon()
            if later is not None:
                await exchange.trace(later, {})
            for _ in range(3):
                await asyncio.sleep(0)
            found.append(task.cancelling())
            task.cancel()
        return found

    assert asyncio.run(follow()) == [0, 0, 0]
