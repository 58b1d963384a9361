"""A trial of the new package before it replaces the old one: calls of each operation, answered with its examples.

This half writes the plan, with the line of each thing that is tried; trial_calls.py runs it in a process of its own.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from codegen import arguments, references, toolchain
from codegen.document import Document, Pointer
from codegen.lint_examples import validator
from codegen.lower import is_json
from codegen.metaschema import Description
from codegen.names import python_name
from codegen.problems import CannotRunError, Problem, one_line

GLUE = "anthropic_models"
CALLS = Path(__file__).with_name("trial_calls.py")
# Tried in turn for a parameter without an example, until one fits its schema.
GUESSES: list[Any] = [True, 1, 0.5, "x", "xxxxxxxx", "2026-01-01T00:00:00Z", "2026-01-01"]
GUESSES += ["12345678-1234-5678-1234-567812345678", ["x"], [1], 2, 10, 100, None]


def check(fragment: Document, root: Path, package: Path) -> None:
    """Raise CannotRunError, with the lines of the fragment, if a call does not do what the fragment says."""
    problems: list[Problem] = []
    operations = list(_operations(fragment, problems))
    glue = root if (root / GLUE).is_dir() else None
    if problems:
        raise CannotRunError(*sorted(problems))
    plan = {"package": package.name, "glue": GLUE if glue else None, "operations": operations}
    folders = [str(package.parent), *([str(glue)] if glue else [])]
    done = subprocess.run(
        [sys.executable, "-P", "-s", "-B", "-X", "utf8", str(CALLS)],
        input=json.dumps(plan),
        env={**toolchain.ENVIRONMENT, "PYTHONPATH": os.pathsep.join(folders)},
        cwd=package.parent,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
        raise CannotRunError(f"the new package cannot be tried: {one_line(last)}")
    found: dict[str, Pointer] = {}
    for pointer, message in json.loads(done.stdout):
        found.setdefault(message, tuple(pointer))  # what goes wrong with each example is told of the first
    if found:
        told = [fragment.problem(place, one_line(f"tried, and it went wrong: {text}")) for text, place in found.items()]
        raise CannotRunError(*sorted(told))


def _operations(fragment: Document, problems: list[Problem]) -> Iterator[dict[str, Any]]:
    for part in Description(fragment.data).parts:
        if "operation" in part.kinds and part.pointer[0] == "paths":
            tag = str((part.value.get("tags") or ["default"])[0])
            name = part.value["operationId"]
            yield {
                "pointer": part.pointer,
                "tag": python_name(tag),
                "module": python_name(name),
                "method": arguments.method_name(name, tag),
                "parameters": list(_parameters(fragment, part.pointer, problems)),
                "answers": list(_answers(fragment.data, (*part.pointer, "responses"), part.value["responses"])),
            }


def _parameters(fragment: Document, operation: Pointer, problems: list[Problem]) -> Iterator[dict[str, Any]]:
    for pointer, parameter in references.parameters(fragment.data, operation):
        is_required = bool(parameter.get("required"))
        fits = validator(fragment.data, (*pointer, "schema")).is_valid
        examples = [references.follow(fragment.data, each) for each in parameter.get("examples", {}).values()]
        values = [parameter[name] for name in ("example",) if name in parameter]
        values += [each["value"] for each in examples if "value" in each]
        schema = references.follow(fragment.data, parameter["schema"])
        values += [schema.get("default"), *schema.get("enum", ()), schema.get("const"), *GUESSES]
        values = [value for value in values if value is not None and fits(value)][:1]
        if not values and is_required:
            problems.append(
                fragment.problem(pointer, "give it an `example`: a call is tried with it, and none was guessed")
            )
        yield {
            "pointer": pointer,
            "place": parameter["in"],
            "wire_name": parameter["name"],
            "is_required": is_required and "default" not in schema,
            "values": values,
        }


def _answers(data: Any, pointer: Pointer, responses: Any) -> Iterator[dict[str, Any]]:
    for status, response in responses.items():
        found = references.follow(data, response)
        place = references.parse(response["$ref"]) if "$ref" in response else (*pointer, status)
        number = 599 if status == "default" else int(status.replace("XX", "00"))
        content = [(name, body) for name, body in found.get("content", {}).items() if is_json(name)]
        if not content:
            yield {"pointer": place, "status": number, "is_empty": True, "value": None}
        for name, body in content:
            where = (*place, "content", name)
            if "example" in body:
                yield {"pointer": (*where, "example"), "status": number, "is_empty": False, "value": body["example"]}
            for key, example in body.get("examples", {}).items():
                value = references.follow(data, example)
                if "value" in value:
                    place = (*where, "examples", key)
                    yield {"pointer": place, "status": number, "is_empty": False, "value": value["value"]}
