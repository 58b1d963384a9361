"""The generated module of one operation: its functions, its request, and the statuses that it knows."""

import ast
from collections.abc import Collection
from dataclasses import asdict, replace

from codegen.report import wire
from codegen.report.annotations import Reader, Type, names
from codegen.report.model import Function, Operation, Slot

FULL = "sync_detailed"  # the function that all others of a module go through
WRAPPER = "Response"
STRICT = "raise_on_unexpected_status"  # asked of the client where a status is not documented


def read(
    path: tuple[str, ...], module: ast.Module, reader: Reader, models: Collection[str], document: wire.Document
) -> Operation:
    """The operation as its callers see it.

    Args:
        path: Where the module stands in the package.
        module: Its syntax tree.
        reader: Reads annotations.
        models: The names of the model classes.
        document: What the document of the package adds to it.
    """
    nodes = {
        node.name: node
        for node in module.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    }
    public = [node for name, node in nodes.items() if name[0] != "_" and not isinstance(node, ast.ClassDef)]
    node = nodes.get(FULL, public[0] if public else None)
    whole = Function({}, (), frozenset())
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        whole = function(node, reader)
    method, url = _request(nodes.get("build_request", nodes.get("_get_kwargs")))
    answers = _answers(nodes.get("_parse_response"), reader, models)
    stated = document.operations.get((method, wire.nameless(url)), wire.Operation())
    slots = {
        name: replace(slot, **asdict(stated.parameters[wire.plain(name)]))
        if wire.plain(name) in stated.parameters
        else slot
        for name, slot in whole.slots.items()
    }
    return Operation(
        name=path[-1],
        module=".".join(path),
        function=replace(whole, slots=slots, returns=_successes(whole.returns, answers)),
        names=frozenset(name for name in nodes if name[0] != "_"),
        method=method,
        path=url,
        answers=answers,
        security=stated.security,
    )


def function(node: ast.FunctionDef | ast.AsyncFunctionDef, reader: Reader) -> Function:
    """A function as its callers see it."""
    positional = [*node.args.posonlyargs, *node.args.args]
    defaults = [None] * (len(positional) - len(node.args.defaults)) + node.args.defaults
    pairs = [*zip(positional, defaults, strict=True), *zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)]
    return Function(
        slots={
            argument.arg: Slot(reader.read(argument.annotation), ast.unparse(default) if default else None)
            for argument, default in pairs
            if argument.arg not in ("self", "cls")
        },
        positional=tuple(argument.arg for argument in positional if argument.arg not in ("self", "cls")),
        returns=reader.read(node.returns),
    )


def _request(node: ast.AST | None) -> tuple[str, str]:
    """Method and path, from the dictionary that the generated function makes of them."""
    for inner in ast.walk(node) if node else ():
        if isinstance(inner, ast.Dict):
            told = {
                key.value: value
                for key, value in zip(inner.keys, inner.values, strict=True)
                if isinstance(key, ast.Constant)
            }
            texts = [
                [str(part.value) for part in ast.walk(told[key]) if isinstance(part, ast.Constant)]
                for key in ("method", "url")
                if key in told
            ]
            if len(texts) == 2 and all(texts):
                return texts[0][0].upper(), next((text for text in texts[1] if text.startswith("/")), "")
    return "", ""


def _answers(node: ast.AST | None, reader: Reader, models: Collection[str]) -> dict[str, frozenset[str]]:
    """The statuses that are told apart; `default` where all others are documented too."""
    if not isinstance(node, ast.FunctionDef):
        return {}
    found: dict[str, frozenset[str]] = {}
    rest = []
    for statement in node.body:
        codes = _codes(statement.test) if isinstance(statement, ast.If) else ()
        if isinstance(statement, ast.If) and codes:
            found["-".join(map(str, codes))] = _models(statement.body, reader, models)
        else:
            rest.append(statement)
    if not any(STRICT in ast.unparse(statement) for statement in rest):
        found["default"] = _models(rest, reader, models)
    return found


def _codes(test: ast.expr) -> list[int]:
    """The status of `response.status_code == 404`, or both ends of `400 <= response.status_code <= 499`."""
    return [item.value for item in ast.walk(test) if isinstance(item, ast.Constant) and isinstance(item.value, int)]


def _models(body: list[ast.stmt], reader: Reader, models: Collection[str]) -> frozenset[str]:
    used = {item.id for statement in body for item in ast.walk(statement) if isinstance(item, ast.Name)}
    return frozenset(reader.renames.get(name, name) for name in used & set(models))


def is_success(status: str) -> bool:
    """Whether a documented status is one."""
    return status[0] == "2"


def _successes(returns: Type, answers: dict[str, frozenset[str]]) -> Type:
    """What a success gives: the answer without its wrapper, and without what only errors are parsed into."""
    wrapped = [atom.args[0] for atom in returns if atom.head == WRAPPER and len(atom.args) == 1]
    good = {name for status, used in answers.items() if is_success(status) for name in used}
    bad = {name for used in answers.values() for name in used} - good
    return frozenset(
        atom for atom in (wrapped[0] if wrapped else returns) if not bad.intersection(names(frozenset({atom})))
    )
