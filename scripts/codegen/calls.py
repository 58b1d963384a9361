"""Makes the calls that trial.py has planned, in a separate process; imports nothing from this folder.

Reads the plan as JSON from stdin, and writes the problems as JSON to stdout: pairs of a place and a message.
"""

import functools
import importlib
import json
import pkgutil
import sys
from collections.abc import Iterator
from typing import Any

import httpx

URL = "http://trial.invalid"


def findings(plan: Any) -> Iterator[tuple[Any, str]]:
    """The problems of the package, and of the client that uses it. Without a client, the package is only imported."""
    name = plan["package"]
    package = importlib.import_module(name)
    for found in pkgutil.walk_packages(package.__path__, f"{name}."):
        importlib.import_module(found.name)
    if not plan["glue"]:
        return
    models, types = sys.modules[f"{name}.models"], importlib.import_module(f"{plan['glue']}.types")
    for schema in models.__all__:
        if getattr(types, schema) is not getattr(models, schema):
            yield ("components", "schemas", schema), f"{types.__name__} has a different `{schema}`"
    client = importlib.import_module(plan["glue"]).Anthropic
    for each in plan["operations"]:
        attribute = getattr(client, each["resource"], None)
        if attribute is not None and not isinstance(attribute, functools.cached_property):
            yield [*each["pointer"], "tags"], f"`{each['tag']}` is already a client attribute"
            return
        yield from _Operation(each, name, client).findings()


class _Operation:
    def __init__(self, plan: Any, package: str, client: Any) -> None:
        self.plan, self.package, self.client = plan, package, client
        path = f"{package}.api.{plan['module']}"
        self.module: Any = sys.modules.get(path) or sys.modules[f"{path}_"]  # if the name is reserved in Python
        self.requests: list[httpx.Request] = []

    def findings(self) -> Iterator[tuple[Any, str]]:
        least: dict[str, Any] = {}
        most: dict[str, Any] = {}
        made = {(each.place, each.wire_name): each for each in self.module.OPERATION.parameters}
        for each in self.plan["parameters"]:
            if each["value"] is not None:
                parameter = made[each["place"], each["name"]]
                read = sys.modules[f"{self.package}.types"].read
                value = each["value"] if parameter.is_joined else read(each["value"], parameter.annotation)
                most[parameter.argument] = value
                least |= {parameter.argument: value} if each["is_needed"] else {}
            elif each["is_needed"]:
                yield each["pointer"], "add an `example`: no valid value could be guessed"
                return
        for place, status, body in self.plan["responses"]:
            for given in (least, most):
                yield from self._respond(place, status, body, given)
        forbidden = [(f"`{name}` accepts an invalid value", {**most, name: object()}) for name in most]
        forbidden += [(f"`{name}` can be omitted", {k: v for k, v in most.items() if k != name}) for name in least]
        for problem, given in forbidden:
            error: Exception | None = None
            try:
                self._call(400, {}, given)
            except Exception as raised:  # noqa: BLE001  # the error of the response, if the call was sent
                error = raised
            if not isinstance(error, (TypeError, ValueError)):
                yield self.plan["pointer"], problem

    def _respond(self, place: Any, status: int, body: Any, given: dict[str, Any]) -> Iterator[tuple[Any, str]]:
        self.requests.clear()
        try:
            if body is not None:  # the generated function parses errors too
                alone = sys.modules[f"{self.package}.client"].Client(URL)
                self.module._parse_response(client=alone, response=_response(status, body))
            result = self._call(status, body, given)
            if hasattr(result, "to_dict") and type(result).from_dict(result.to_dict(mode="json")) != result:
                yield place, "it changes when it is parsed and written again"
        except Exception as error:  # noqa: BLE001  # any error is a fault of the fragment
            if status // 100 == 2 or getattr(error, "status_code", None) != status:
                yield place, f"{type(error).__name__}: {error}"
                return
        if len(self.requests) != 1:
            yield self.plan["pointer"], f"{len(self.requests)} requests were sent"

    def _call(self, status: int, body: Any, given: dict[str, Any]) -> Any:
        """The result of the client's method, if this is the response."""

        def respond(request: httpx.Request) -> httpx.Response:
            self.requests.append(request)
            return _response(status, body)

        http_client = httpx.Client(transport=httpx.MockTransport(respond))
        client = self.client(api_key="trial", base_url=URL, max_retries=0, http_client=http_client)
        return getattr(getattr(client, self.plan["resource"]), self.plan["method"])(**given)


def _response(status: int, body: Any) -> httpx.Response:
    return httpx.Response(status, content=b"" if body is None else json.dumps(body).encode())


json.dump(list(findings(json.load(sys.stdin))), sys.stdout)
