"""Make 20,000 calls with faults injected at random, and check all results and that no resource leaks.

Threads with one `Anthropic` and tasks with one `AsyncAnthropic` call a local server, which runs in its own process.
Each call names the fault that the server injects (faulty_server.py lists them), so its result is known in advance;
some calls are cancelled at a random moment. It prints the results and the measurements.

Exit codes: 0 all as expected; 1 a result was wrong or a limit was exceeded (more than 5 MB of memory after the
warm-up, a leaked descriptor or thread, ten minutes).
"""

import asyncio
import collections
import contextlib
import ctypes
import faulthandler
import gc
import os
import random
import resource
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from faulty_server import FAULTS

from anthropic_models import Anthropic, AnthropicError, AsyncAnthropic

Results = collections.Counter[tuple[str, str]]
CALLS, SEED = 20_000, 1
WORKERS = 16
SLOW, LONG = 0.3, 30.0  # timeouts in seconds: one that slow faults reach, and one that no call reaches
CANCELLED = "cancelled"
MAX_GROWTH = 5.0  # megabytes of resident memory after the warm-up
MAX_SECONDS = 600
WARM_UP = 0.4  # the fraction of the calls that is made first, to fill caches


def _timeout(fault: str) -> float:
    return SLOW if fault != CANCELLED and FAULTS[fault].is_slow else LONG


def _result(name: str, got: str) -> str:
    """Whether a call received its own response."""
    return "model" if got == name else f"the response of {got}"


def _in_threads(client: Anthropic, faults: list[str]) -> Results:
    def ask(number: int, fault: str) -> tuple[str, str]:
        name = f"{fault}.t{number}"
        try:
            return fault, _result(name, client.models.retrieve(name, timeout=_timeout(fault)).id)
        except AnthropicError as error:
            return fault, type(error).__name__

    todo = iter(list(enumerate(faults)))  # threads can share the iterator of a list
    with ThreadPoolExecutor(WORKERS) as threads:
        counted = threads.map(lambda _: collections.Counter(ask(*call) for call in todo), range(WORKERS))
        return sum(counted, start=collections.Counter())


async def _in_tasks(client: AsyncAnthropic, faults: list[str]) -> Results:
    """The results by fault; some calls are cancelled."""
    results: Results = collections.Counter()
    todo = enumerate(faults)
    moments = random.Random(SEED)  # noqa: S311  # reproducible, not for security

    async def ask(name: str, timeout: float) -> str:
        try:
            return _result(name, (await client.models.retrieve(name, timeout=timeout)).id)
        except AnthropicError as error:
            return type(error).__name__

    async def worker() -> None:
        for number, fault in todo:
            kind = "silent" if fault == CANCELLED else fault
            task = asyncio.ensure_future(ask(f"{kind}.a{number}", _timeout(fault)))
            if fault == CANCELLED:
                await asyncio.sleep(moments.choice((0, 0, 0.0005, 0.002, 0.005)))
                task.cancel()
            [ended] = await asyncio.gather(task, return_exceptions=True)
            results[fault, ended if isinstance(ended, str) else type(ended).__name__] += 1

    await asyncio.gather(*(worker() for _ in range(WORKERS)))
    return results


def _soak(clients: tuple[Anthropic, AsyncAnthropic], faults: list[str]) -> Results:
    """Make half of the calls in threads and half in an event loop, which also makes all cancelled calls."""
    threaded = [fault for fault in faults[::2] if fault != CANCELLED]
    awaited = faults[1::2] + [CANCELLED] * (len(faults[::2]) - len(threaded))
    with ThreadPoolExecutor(1) as beside:
        future = beside.submit(asyncio.run, _in_tasks(clients[1], awaited))
        return _in_threads(clients[0], threaded) + future.result()


def _held() -> tuple[float, int, int]:
    """Megabytes, descriptors and threads in use, after collecting garbage and freeing the C library's unused memory."""
    gc.collect()
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    descriptors = len(list(Path("/proc/self/fd").iterdir()))
    return pages * resource.getpagesize() / 1e6, descriptors, threading.active_count()


def run(url: str) -> bool:
    """Make the warm-up and the calls, and print the results; returns whether all are as expected."""
    _, *at_first = _held()
    blocking = Anthropic(api_key="made-up", base_url=url, max_retries=1)
    clients = blocking, AsyncAnthropic(api_key="made-up", base_url=url, max_retries=1)
    weights = [fault.weight for fault in FAULTS.values()]
    plan = random.Random(SEED)  # noqa: S311  # reproducible, not for security
    faults = plan.choices([*FAULTS, CANCELLED], [*weights, sum(weights) / 8], k=CALLS)
    _soak(clients, faults[: int(CALLS * WARM_UP)])
    warm, *_ = _held()
    results = _soak(clients, faults)
    after, *_ = _held()
    blocking.close()
    asyncio.run(clients[1].close())
    _, *at_last = _held()
    expected = collections.Counter(
        (each, FAULTS[each].result if each in FAULTS else "CancelledError") for each in faults
    )
    print(f"{'fault':16}{'result':32}{'expected':>10}{'counted':>10}")
    for fault, result in sorted(expected | results):
        print(f"{fault:16}{result:32}{expected[fault, result]:10}{results[fault, result]:10}")
    descriptors, threads = (last - first for first, last in zip(at_first, at_last, strict=True))
    bounds = {
        f"{(results & expected).total()} of {CALLS} calls had the expected result": results == expected,
        f"{after - warm:.1f} MB more than after the warm-up, at most {MAX_GROWTH}": after - warm <= MAX_GROWTH,
        f"{descriptors} descriptors and {threads} threads left, none expected": max(descriptors, threads) <= 0,
    }
    for text, is_well in bounds.items():
        print(f"{'ok  ' if is_well else 'FAIL'} {text}")
    return all(bounds.values())


def main() -> int:
    """Start the server and run the soak; returns the exit code."""
    if "MALLOC_ARENA_MAX" not in os.environ:  # else glibc allocates megabytes per thread at random
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "MALLOC_ARENA_MAX": "2"})  # noqa: S606
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        del os.environ[name]  # a proxy cannot reach the loopback address
    command = [sys.executable, str(Path(__file__).with_name("faulty_server.py"))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        faulthandler.dump_traceback_later(MAX_SECONDS, exit=True)
        try:
            port = next(server.stdout or iter(())).strip()
            return 0 if run(f"http://127.0.0.1:{port}") else 1
        finally:
            server.terminate()


if __name__ == "__main__":
    sys.exit(main())
