"""Tests the new package before it replaces the old one: calls through the client, which receive the examples."""

import importlib
import json
import os
import pkgutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from codegen import arguments, references, toolchain
from codegen.document import Document, Pointer
from codegen.lint_examples import validator
from codegen.lower import is_json
from codegen.metaschema import Description, Finding
from codegen.names import python_name
from codegen.problems import CannotRunError, one_line

GLUE = "anthropic_models"
URL = "http://trial.invalid"
# Tried in turn for a parameter without an example, until one fits its schema.
GUESSES: list[Any] = [True, 1, 0.5, "x", "xxxxxxxx", "2026-01-01T00:00:00Z", "2026-01-01"]
GUESSES += ["12345678-1234-5678-1234-567812345678", ["x"], [1], 2, 10, 100]


def check(fragment: Document, root: Path, package: Path) -> None:
    """Raise CannotRunError, with the lines of the fragment, if a call does not do what the fragment says."""
    folders = [package.parent, root, Path(__file__).parents[1]]
    has_client = (root / GLUE).is_dir()
    command = [sys.executable, "-P", "-s", "-B", "-X", "utf8", "-m", "codegen.trial"]
    done = subprocess.run(
        [*command, package.name, GLUE * has_client],
        input=json.dumps(fragment.data),
        env={**toolchain.ENVIRONMENT, "PYTHONPATH": os.pathsep.join(map(str, folders))},
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
        found.setdefault(message, tuple(pointer))  # what goes wrong with each example is reported for the first
    if found:
        problems = [fragment.problem(place, one_line(f"tried: {message}")) for message, place in found.items()]
        raise CannotRunError(*sorted(problems))


def findings(data: Any, name: str, *, has_client: bool) -> Iterator[Finding]:
    """What is wrong with the package, or with the client that uses it; without the client it is imported only."""
    package = importlib.import_module(name)
    for found in pkgutil.walk_packages(package.__path__, f"{name}."):
        importlib.import_module(found.name)
    if not has_client:
        return
    models, types = sys.modules[f"{name}.models"], importlib.import_module(f"{GLUE}.types")
    for schema in models.__all__:
        if getattr(types, schema) is not getattr(models, schema):
            yield ("components", "schemas", schema), f"{types.__name__} has another `{schema}`"
    for part in Description(data).operations:
        tag = str((part.value.get("tags") or ["default"])[0])
        if python_name(tag) in dir(importlib.import_module(GLUE).Anthropic):
            yield (*part.pointer, "tags"), f"`{tag}` is an attribute of the client already"
            return
        yield from _Operation(data, part.pointer, part.value, name).findings()


class _Operation:
    def __init__(self, data: Any, pointer: Pointer, operation: Any, package: str) -> None:
        self.data, self.pointer, self.package = data, pointer, package
        self.responses: Mapping[str, Any] = operation["responses"]
        self.tag = str((operation.get("tags") or ["default"])[0])
        self.method = arguments.method_name(operation["operationId"], self.tag)
        path = f"{package}.api.{python_name(self.tag)}.{python_name(operation['operationId'])}"
        self.module: Any = sys.modules.get(path) or sys.modules[f"{path}_"]  # where Python has the name already
        self.requests: list[Any] = []

    def findings(self) -> Iterator[Finding]:
        most: dict[str, Any] = {}
        least: dict[str, Any] = {}
        made = {(each.place, each.wire_name): each for each in self.module.OPERATION.parameters}
        for pointer, said in references.parameters(self.data, self.pointer):
            value = self._value(pointer, said)
            is_needed = bool(said.get("required")) and "default" not in references.follow(self.data, said["schema"])
            if value is None and is_needed:
                yield pointer, "give it an `example`: none was guessed"
                return
            parameter = made[said["in"], said["name"]]
            if value is not None:
                read = sys.modules[f"{self.package}.types"].read
                most[parameter.argument] = value if parameter.is_joined else read(value, parameter.annotation)
            if is_needed:
                least[parameter.argument] = most[parameter.argument]
        for pointer, status, example in [*self._examples()] or [(self.pointer, 599, {})]:
            for given in (least, most):
                yield from self._answered(pointer, status, example, given)
        forbidden = [(f"`{name}` is taken whatever it is", {**most, name: object()}) for name in most]
        forbidden += [(f"`{name}` can be left out", {k: v for k, v in most.items() if k != name}) for name in least]
        for problem, given in forbidden:
            error: Exception | None = None
            try:
                self._call(400, {}, given)
            except Exception as raised:  # noqa: BLE001  # of an answer, if it was sent
                error = raised
            if not isinstance(error, (TypeError, ValueError)):
                yield self.pointer, problem

    def _value(self, pointer: Pointer, parameter: Any) -> Any:
        """The first example that the parameter has, or a guess that fits its schema."""
        schema = references.follow(self.data, parameter["schema"])
        examples = [references.follow(self.data, each).get("value") for each in parameter.get("examples", {}).values()]
        values = [parameter.get("example"), *examples, schema.get("default"), *schema.get("enum", ())]
        fits = validator(self.data, (*pointer, "schema")).is_valid
        values += [schema.get("const"), *GUESSES]
        return next((value for value in values if value is not None and fits(value)), None)

    def _examples(self) -> Iterator[tuple[Pointer, int, Any]]:
        """The place, the status and the body of each answer that the fragment shows; None for one without a body."""
        for status, response in self.responses.items():
            found = references.follow(self.data, response)
            place = references.parse(response["$ref"]) if "$ref" in response else (*self.pointer, "responses", status)
            number = 599 if status == "default" else int(status.replace("XX", "00"))
            if not found.get("content"):
                yield place, number, None
            for kind, body in found.get("content", {}).items():
                where = (*place, "content", kind)
                if is_json(kind) and "example" in body:
                    yield (*where, "example"), number, body["example"]
                for key, example in body.get("examples", {}).items() if is_json(kind) else ():
                    value = references.follow(self.data, example)
                    if "value" in value:
                        yield (*where, "examples", key), number, value["value"]

    def _answered(self, pointer: Pointer, status: int, example: Any, given: dict[str, Any]) -> Iterator[Finding]:
        self.requests.clear()
        is_success = 200 <= status < 300
        try:
            if example is not None:  # the generated function reads errors too
                alone = sys.modules[f"{self.package}.client"].Client(URL)
                self.module._parse_response(client=alone, response=self._response(status, example))
            result = self._call(status, example, given)
            if hasattr(result, "to_dict") and type(result).from_dict(result.to_dict(mode="json")) != result:
                yield pointer, "what was read is not what is written again"
        except Exception as error:  # noqa: BLE001  # whatever it is, the fragment does not do what it says
            if is_success or getattr(error, "status_code", None) != status:
                yield pointer, f"{type(error).__name__}: {error}"
                return
        if len(self.requests) != 1:
            yield self.pointer, f"{len(self.requests)} requests were sent"

    def _response(self, status: int, example: Any) -> Any:
        import httpx  # only in the process of the trial

        return httpx.Response(status, content=b"" if example is None else json.dumps(example).encode())

    def _call(self, status: int, example: Any, given: dict[str, Any]) -> Any:
        """What the client's method gives for an answer."""
        import httpx

        def answer(request: httpx.Request) -> Any:
            self.requests.append(request)
            return self._response(status, example)

        http_client = httpx.Client(transport=httpx.MockTransport(answer))
        glue = importlib.import_module(GLUE)
        client = glue.Anthropic(api_key="trial", base_url=URL, max_retries=0, http_client=http_client)
        return getattr(getattr(client, python_name(self.tag)), self.method)(**given)


if __name__ == "__main__":
    json.dump(list(findings(json.load(sys.stdin), sys.argv[1], has_client=bool(sys.argv[2]))), sys.stdout)
