"""One operation: its generated module, the method of the client that calls it, and its description in the document."""

import ast
from dataclasses import replace
from typing import TypeAlias

from codegen.report import wire
from codegen.report.annotations import Reader
from codegen.report.model import Function, Operation, Slot

INTERNAL = frozenset({"build_request", "parse_success"})  # used by the client, not by callers
FULL = "sync_detailed"  # the function that all others of a module call

Definition: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
Method: TypeAlias = tuple[str, Definition]
"""The name that callers use, such as `client.models.retrieve`, and the definition."""


def functions(owner: ast.Module | ast.ClassDef) -> dict[str, Definition]:
    """The functions of a module, or the methods of a class, by name."""
    return {node.name: node for node in owner.body if isinstance(node, Definition)}


def read(
    path: tuple[str, ...], module: ast.Module, reader: Reader, document: wire.Document, method: Method
) -> Operation:
    """The operation at this path in the package, as its callers see it."""
    stated = document.operations.get(wire.plain(path[-1]), wire.Operation())
    nodes = functions(module)
    whole, called = function(nodes[FULL], reader), function(method[1], reader)
    slots = {
        name: replace(slot, sent=stated.parameters.get(wire.plain(name), wire.Sent()))
        for name, slot in whole.slots.items()
    }
    # The method has the defaults, locations and limits of the function that builds the request.
    sent = {slot.sent.argument or name: slot for name, slot in slots.items()}
    arguments = {name: replace(sent.get(name, slot), annotation=slot.annotation) for name, slot in called.slots.items()}
    responses = {
        status: frozenset(reader.renames.get(name, name) for name in used) for status, used in stated.responses.items()
    }
    return Operation(
        name=path[-1],
        module=".".join(path),
        function=replace(whole, slots=slots, returns=reader.read(nodes["parse_success"].returns)),
        names=frozenset(name for name in nodes if name[0] != "_" and name not in INTERNAL),
        stated=replace(stated, responses=responses),
        label=method[0],
        method=replace(called, slots=arguments),
    )


def function(node: Definition, reader: Reader) -> Function:
    """A function as its callers see it."""
    positional = [*node.args.posonlyargs, *node.args.args]
    defaults = [None] * (len(positional) - len(node.args.defaults)) + node.args.defaults
    pairs = [*zip(positional, defaults, strict=True), *zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)]
    slots = {
        each.arg: Slot(reader.read(each.annotation), ast.unparse(default) if default else None)
        for each, default in pairs
        if each.arg not in ("self", "cls")
    }
    return Function(slots, tuple(each.arg for each in positional if each.arg in slots), reader.read(node.returns))
