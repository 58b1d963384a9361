"""Tests the new package before it replaces the old one: calls through the client, with the examples as responses."""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from codegen import references, toolchain
from codegen.arguments import method_name, tag_of
from codegen.document import Document, Pointer
from codegen.lint_examples import validator
from codegen.lower import is_json
from codegen.metaschema import Description, Part
from codegen.names import python_name
from codegen.problems import CannotRunError, one_line

GLUE = "anthropic_models"
# Tried in turn for a parameter without an example, until one fits its schema.
GUESSES: list[Any] = [True, 1, 0.5, "x", "xxxxxxxx", "2026-01-01T00:00:00Z", "2026-01-01"]
GUESSES += ["12345678-1234-5678-1234-567812345678", ["x"], [1], 2, 10, 100]


def check(fragment: Document, root: Path, package: Path) -> None:
    """Raise CannotRunError, with the lines of the fragment, if a call does not do what the fragment says.

    The calls are made in a separate process, by calls.py. Without a client, the package is only imported.
    """
    operations = [_operation(fragment.data, part) for part in Description(fragment.data).operations]
    plan = {"package": package.name, "glue": GLUE if (root / GLUE).is_dir() else None, "operations": operations}
    done = toolchain.run(
        [sys.executable, "-P", "-s", "-B", "-X", "utf8", str(Path(__file__).with_name("calls.py"))],
        input=json.dumps(plan),
        env={**toolchain.ENVIRONMENT, "PYTHONPATH": os.pathsep.join(map(str, (package.parent, root)))},
        cwd=package.parent,
    )
    if done.returncode != 0:
        last = done.stderr.strip().rpartition("\n")[2] or f"exit code {done.returncode}"
        raise CannotRunError(f"the new package cannot be tested: {one_line(last)}")
    found: dict[str, Pointer] = {}
    for pointer, message in json.loads(done.stdout):
        found.setdefault(message, tuple(pointer))  # a fault of several examples is reported at the first
    if found:
        problems = [fragment.problem(place, one_line(f"test call: {message}")) for message, place in found.items()]
        raise CannotRunError(*sorted(problems))


def _operation(data: Any, part: Part) -> dict[str, Any]:
    """The plan for an operation: the method, its arguments, and the responses to give."""
    tag, name = tag_of(part.value), part.value["operationId"]
    return {
        "pointer": part.pointer,
        "tag": tag,
        "resource": python_name(tag),
        "module": f"{python_name(tag)}.{python_name(name)}",
        "method": method_name(name, tag),
        "parameters": [_parameter(data, *found) for found in references.parameters(data, part.pointer)],
        "responses": list(_responses(data, part)) or [(part.pointer, 599, {})],
    }


def _parameter(data: Any, pointer: Pointer, parameter: Any) -> dict[str, Any]:
    """The value is the first example that the parameter has, or a guess that fits its schema."""
    schema = references.follow(data, parameter["schema"])
    values = [value for _, value in references.examples(data, pointer, parameter)]
    values += [schema.get("default"), *schema.get("enum", ()), schema.get("const")]
    fits = validator(data, (*pointer, "schema")).is_valid
    return {
        "pointer": pointer,
        "place": parameter["in"],
        "name": parameter["name"],
        "value": next((value for value in (*values, *GUESSES) if value is not None and fits(value)), None),
        "is_needed": bool(parameter.get("required")) and "default" not in schema,
    }


def _responses(data: Any, part: Part) -> Iterator[tuple[Pointer, int, Any]]:
    """The place, status and body of each example of a response; a response without a body has None."""
    for status, response in part.value["responses"].items():
        found, place = references.follow(data, response), references.place(part.at("responses", status), response)
        number = 599 if status == "default" else int(status.replace("XX", "00"))
        if not found.get("content"):
            yield place, number, None
        for name in filter(is_json, found.get("content", ())):
            examples = references.examples(data, (*place, "content", name), found["content"][name])
            yield from ((where, number, value) for where, value in examples)
