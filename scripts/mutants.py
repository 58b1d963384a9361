"""Change one module in small ways, run tests on each change, and list the changes that no test noticed.

Each trial is a pytest run in a copy of the checkout, so nothing in the checkout is ever changed.
"""

import argparse
import ast
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PAIRS = (
    *((ast.Eq, ast.NotEq), (ast.Lt, ast.LtE), (ast.Gt, ast.GtE), (ast.Is, ast.IsNot), (ast.In, ast.NotIn)),
    *((ast.And, ast.Or), (ast.Add, ast.Sub), (ast.Mult, ast.Div), (ast.BitAnd, ast.BitOr), (ast.Continue, ast.Break)),
)
SWAPPED: dict[type[ast.AST], type[ast.AST]] = {old: new for pair in PAIRS for old, new in (pair, pair[::-1])}
NOT_COPIED = shutil.ignore_patterns(".*", "__pycache__", "node_modules", "dist", "*.egg-info")


def mutants(source: str) -> Iterator[tuple[int, str, str]]:
    """Every small change of a module: its line, the text before and after it, and the whole changed module."""
    tree = ast.parse(source)
    original = ast.unparse(tree)
    for owner, container, key in _places(tree):
        node = container[key]
        for variant in _variants(owner, key, node):
            container[key] = variant
            changed = ast.unparse(tree)
            container[key] = node
            pairs = zip(original.splitlines(), changed.splitlines(), strict=False)
            texts = next((f"{one.strip()}  ->  {other.strip()}" for one, other in pairs if one != other), "")
            yield getattr(node, "lineno", getattr(owner, "lineno", 0)), texts, changed


def _places(owner: ast.AST) -> Iterator[tuple[ast.AST, Any, Any]]:
    """The place of each node, except annotations, docstrings, `__all__`, and code for type checkers only."""
    for name, value in ast.iter_fields(owner):
        container: Any = value if isinstance(value, list) else vars(owner)
        for key in range(len(value)) if isinstance(value, list) else [name]:
            match node := container[key]:
                case ast.Expr(ast.Constant()) | ast.If(ast.Name("TYPE_CHECKING")) | ast.Assign([ast.Name("__all__")]):
                    continue
                case ast.AST() if name not in ("annotation", "returns"):
                    yield owner, container, key
                    yield from _places(node)


def _variants(owner: ast.AST, key: Any, node: ast.AST) -> Iterator[ast.AST]:
    if type(node) in SWAPPED:
        yield SWAPPED[type(node)]()
    if key == "test" and isinstance(owner, ast.If | ast.While | ast.IfExp) and isinstance(node, ast.expr):
        yield ast.UnaryOp(ast.Not(), node)
    match node:
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.Constant(bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(int(value) | float(value)):
            yield ast.Constant(value + 1)
        case ast.Constant(str(value)):
            yield ast.Constant(f"{value}XX")
        case ast.Return(ast.expr() as value) if not (isinstance(value, ast.Constant) and value.value is None):
            yield ast.Return(ast.Constant(None))
        case ast.Expr(ast.Call() | ast.Await()) | ast.Raise():
            yield ast.Pass()


def _passes(checkout: Path, tests: list[str]) -> bool:
    """Whether the tests pass in this checkout; pytest ends those that take too long."""
    command = [sys.executable, "-B", "-m", "pytest", "-x", "-q", "-n", "0", *tests]  # -B: no stale bytecode
    environment = {**os.environ, "PYTHONPATH": f"{checkout}{os.pathsep}{checkout / 'generated'}"}
    return subprocess.run(command, cwd=checkout, env=environment, capture_output=True).returncode == 0


def main(arguments: list[str] | None = None) -> int:
    """Try every mutant of a module. Returns 0 if each was noticed, 1 if not; exits with 2 if none could be tried."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("module", type=Path, help="the module to change, such as anthropic_models/retries.py")
    parser.add_argument("tests", nargs="*", help="the tests to run; default: tests/unit/test_MODULE.py")
    options = parser.parse_args(arguments)
    module = options.module
    tests = options.tests or [f"tests/unit/test_{module.stem}.py"]
    for path in (module, *(Path(test.split("::")[0]) for test in tests)):
        if path.is_absolute() or not path.exists():
            parser.error(f"{path} is not a path from the top of the checkout")
    with tempfile.TemporaryDirectory(prefix="mutants-") as scratch:
        checkout = shutil.copytree(Path.cwd(), Path(scratch, "checkout"), ignore=NOT_COPIED, symlinks=True)
        if not _passes(checkout, tests):
            parser.error(f"{' '.join(tests)} has to pass before anything is changed")
        every, survivors = list(mutants(module.read_text(encoding="utf-8"))), 0
        for line, change, source in every:
            (checkout / module).write_text(source, encoding="utf-8")
            if _passes(checkout, tests):
                survivors += 1
                print(f"{module}:{line}: {change}", flush=True)
    print(f"{len(every) - survivors} of {len(every)} changes of {module} were noticed by {' '.join(tests)}")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
