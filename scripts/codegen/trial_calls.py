"""Tries the calls of a plan, in a process of its own: reads it as JSON from stdin, writes what is wrong to stdout.

Imports nothing from this folder: the package that is tried, and the client that uses it, come first on the path.
"""

import contextlib
import importlib
import json
import pkgutil
import sys
from collections.abc import Iterator
from typing import Any

import httpx

URL = "http://trial.invalid"
Finding = tuple[Any, str]  # the place in the fragment, and what went wrong


class Server(httpx.MockTransport):
    """Gives every request the same answer, and counts them."""

    def __init__(self, status: int, content: bytes) -> None:
        super().__init__(self._answer)
        self.status, self.content, self.requests = status, content, 0

    def _answer(self, _: httpx.Request) -> httpx.Response:
        self.requests += 1
        return httpx.Response(self.status, content=self.content, headers={"content-type": "application/json"})


def tried(plan: dict[str, Any]) -> Iterator[Finding]:
    """What is wrong with the package, or with the client that uses it."""
    package = importlib.import_module(plan["package"])
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(found.name)
    if plan["glue"] is None:
        return
    models = sys.modules[f"{package.__name__}.models"]
    types = importlib.import_module(f"{plan['glue']}.types")
    for name in models.__all__:
        if getattr(types, name) is not getattr(models, name):
            yield ("components", "schemas", name), f"{types.__name__} has another `{name}`"
    taken = dir(importlib.import_module(plan["glue"]).Anthropic)
    for operation in plan["operations"]:
        if operation["tag"] in taken:
            yield [*operation["pointer"], "tags"], f"`{operation['tag']}` is an attribute of the client already"
            return
        path = f"{package.__name__}.api.{operation['tag']}.{operation['module']}"
        module = sys.modules.get(path) or sys.modules[f"{path}_"]
        most = dict(_arguments(module, operation))
        least = {name: value for name, value in most.items() if name in _required(module, operation)}
        for answer in operation["answers"] or [{"pointer": operation["pointer"], "status": 599, "value": {}}]:
            for arguments in (least, most):
                yield from _called(plan, module, operation, arguments, answer)
        yield from _refused(plan, operation, least, most)


def _planned(module: Any, operation: Any) -> Iterator[tuple[Any, Any]]:
    known = {(each["place"], each["wire_name"]): each for each in operation["parameters"]}
    for parameter in module.OPERATION.parameters:
        yield parameter, known[parameter.place, parameter.wire_name]


def _required(module: Any, operation: Any) -> set[str]:
    return {parameter.argument for parameter, known in _planned(module, operation) if known["is_required"]}


def _arguments(module: Any, operation: Any) -> Iterator[tuple[str, Any]]:
    """The arguments that callers would give."""
    read = sys.modules[f"{module.__name__.partition('.')[0]}.types"].read
    for parameter, known in _planned(module, operation):
        for value in known["values"]:
            yield parameter.argument, value if parameter.is_joined else read(value, parameter.annotation)


def _called(plan: Any, module: Any, operation: Any, arguments: dict[str, Any], answer: Any) -> Iterator[Finding]:
    """A call that is answered with an example of the fragment."""
    content = b"" if answer.get("is_empty") else json.dumps(answer["value"]).encode()
    server = Server(answer["status"], content)
    is_success = 200 <= answer["status"] < 300
    try:
        if content:
            alone = sys.modules[f"{plan['package']}.client"].Client(URL)
            module._parse_response(client=alone, response=httpx.Response(answer["status"], content=content))
        result = _method(plan, operation, server)(**arguments)
        if not is_success:
            yield answer["pointer"], f"status {answer['status']} is no error"
        elif hasattr(result, "to_dict") and type(result).from_dict(result.to_dict(mode="json")) != result:
            yield answer["pointer"], "what was read is not what is written again"
    except Exception as error:  # noqa: BLE001  # whatever it is, the fragment does not do what it says
        if is_success or getattr(error, "status_code", None) != answer["status"]:
            yield answer["pointer"], f"{type(error).__name__}: {error}"
            return
    if server.requests != 1:
        yield operation["pointer"], f"{server.requests} requests were sent"


def _refused(plan: Any, operation: Any, least: dict[str, Any], most: dict[str, Any]) -> Iterator[Finding]:
    """Calls that the fragment forbids: an argument of no type at all, and one that is missing."""
    calls = [(f"`{name}` is taken whatever it is", {**most, name: object()}) for name in most]
    calls += [(f"`{name}` can be left out", {other: most[other] for other in most if other != name}) for name in least]
    for problem, arguments in calls:
        server = Server(400, b"{}")
        try:
            _method(plan, operation, server)(**arguments)
        except (TypeError, ValueError):
            continue
        except Exception as error:  # noqa: BLE001  # told below
            problem += f" ({type(error).__name__})"
        yield operation["pointer"], problem


def _method(plan: Any, operation: Any, server: Server) -> Any:
    glue = importlib.import_module(plan["glue"])
    client = glue.Anthropic(api_key="trial", base_url=URL, max_retries=0, http_client=httpx.Client(transport=server))
    return getattr(getattr(client, operation["tag"]), operation["method"])


if __name__ == "__main__":
    with contextlib.redirect_stdout(sys.stderr):
        findings = list(tried(json.load(sys.stdin)))
    json.dump(findings, sys.stdout)
