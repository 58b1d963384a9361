"""`python -m benchmarks.profiles`: where our own time goes, by package and for the dearest functions."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING

from pyinstrument import Profiler

from . import programs
from .contenders import CONTENDERS, KEY, OURS
from .environments import Environment
from .server import running

if TYPE_CHECKING:
    from pyinstrument.frame import Frame

_MOST = 12
_OURS = ("anthropic_models", "anthropic_models_api", "attr", "attrs", "h11", "httpx", "httpcore", "certifi", "idna")


def _show(title: str, unit: float, by_package: Counter[str], by_name: Counter[str]) -> None:
    total = by_package.total()
    print(f"\n{title}: {total * unit:.1f} in all")
    for name, own in by_package.most_common(_MOST):
        print(f"  {own * unit:9.1f}  {own / total:5.1%}  {name}")
    print("  of that, the dearest:")
    for name, own in by_name.most_common(_MOST):
        print(f"  {own * unit:9.1f}  {own / total:5.1%}  {name}")


def _imports(environment: Environment, statement: str) -> None:
    """Each module's time without what it imports itself: the least of five runs."""
    command = (environment.python, "-I", "-X", "importtime", "-c", statement)
    least: dict[str, int] = {}
    for _ in range(5):
        lines = subprocess.run(command, capture_output=True, text=True, check=True).stderr.splitlines()[1:]
        for own, _, name in (line.removeprefix("import time:").split("|") for line in lines):
            least[name.strip()] = min(int(own), least.get(name.strip(), int(own)))
    by_package: Counter[str] = Counter()
    for name, taken in least.items():
        package = name.partition(".")[0]
        by_package[package if package in _OURS else "the standard library"] += taken
    _show(f"{statement}, ms", 1e-3, by_package, Counter(least))


def _calls(title: str, calls: int, program: str) -> None:
    """Each function's time without what it calls."""
    profiler = Profiler(interval=0.0001, async_mode="disabled")
    exec(program.replace("begin = ", "profiler.start(); begin = "), {"profiler": profiler, "print": lambda _: None})
    by_package: Counter[str] = Counter()
    by_name: Counter[str] = Counter()

    def count(frame: Frame) -> None:
        called = [each for each in frame.children if not each.is_synthetic]  # "[self]" is no call
        own = frame.time - sum(each.time for each in called)
        file = frame.file_path_short or ""
        package = "built-in functions" if file == "<built-in>" else file.partition("/")[0]
        package = "sockets" if file == "<built-in>" and "socket" in frame.function else package
        by_package[package if "/" in file or "<built" in file else "the standard library"] += own
        by_name[f"{frame.function} {file}"] += own
        for each in called:
            count(each)

    root = profiler.stop().root_frame()
    assert root is not None
    count(root)
    _show(f"{title}, µs of the clock for each", 1e6 / calls, by_package, by_name)


def main() -> int:
    """The command line. Returns the exit code."""
    ours = next(each for each in CONTENDERS if each.key == OURS)
    environment = Environment(ours)
    environment.prepare(fresh=False)
    _imports(environment, ours.imports)
    _imports(environment, f"{ours.imports}; Anthropic(api_key={KEY!r})")
    sys.path.insert(0, str(environment.packages))
    with running() as url:
        _calls("blocking calls", 3000, programs.warm(ours, url, calls=3000))
        many = programs.fan_out(ours, url, in_flight=32, calls=3000, warm_up=300)
        _calls("async calls, 32 in flight", 3000, many)
    return 0


if __name__ == "__main__":
    sys.exit(main())
