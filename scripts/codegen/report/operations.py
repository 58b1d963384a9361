"""One operation: its generated module, the method of the client that calls it, and what the document says of it."""

import ast
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import TypeAlias

from codegen.report import wire
from codegen.report.annotations import Atom, Reader
from codegen.report.model import Function, Operation, Slot

SEAMS = frozenset({"build_request", "parse_success"})  # what the client is put together from, not for callers
FULL = "sync_detailed"  # the function that all others of a module go through

Method: TypeAlias = tuple[str, ast.FunctionDef]
"""What callers of the client write, `client.models.retrieve`, and how it is defined."""


def read(
    path: tuple[str, ...], module: ast.Module, reader: Reader, document: wire.Document, method: Method | None
) -> Operation:
    """The operation at this path in the package, as its callers see it."""
    stated = document.operations.get(wire.plain(path[-1]), wire.Operation())
    nodes = {node.name: node for node in module.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    public = [name for name in nodes if name[0] != "_" and name not in SEAMS]
    whole = Function({}, (), frozenset())
    if public:
        whole = function(nodes.get(FULL, nodes[public[0]]), reader)
    result = reader.read(nodes["parse_success"].returns) if "parse_success" in nodes else frozenset[Atom]()
    slots = {
        name: replace(slot, **asdict(stated.parameters.get(wire.plain(name), wire.Parameter())))
        for name, slot in whole.slots.items()
    }
    return Operation(
        name=path[-1],
        module=".".join(path),
        function=replace(whole, slots=slots, returns=result),
        names=frozenset(public),
        request=stated.request,
        answers={
            status: frozenset(reader.renames.get(name, name) for name in used)
            for status, used in stated.answers.items()
        },
        security=stated.security,
        label=method[0] if method else path[-1],
        method=_as_sent(function(method[1], reader), slots) if method else None,
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


def _as_sent(method: Function, slots: Mapping[str, Slot]) -> Function:
    """The method, with what the function that builds the request has for its arguments: defaults, places, limits."""
    sent = {slot.argument or name: slot for name, slot in slots.items()}
    found = {
        name: replace(sent.get(name, slot), annotation=slot.annotation, argument=name)
        for name, slot in method.slots.items()
    }
    return replace(method, slots=found)
