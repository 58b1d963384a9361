"""The facts that only the document in a package has, not its code: servers, requests, security, limits."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from codegen import references
from codegen.arguments import ARGUMENT
from codegen.problems import CannotRunError, Problem, one_line

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast, if it is installed
NULL = "null"
VALUES = "values"
"""The key of a closed set of values, which the type of a header in Python may not show."""


@dataclass(frozen=True)
class Sent:
    """A parameter or a field on the wire."""

    location: str = ""  # `header anthropic-beta`, or `field id`
    limits: Mapping[str, Any] = field(default_factory=dict)  # the bounds of a value, by keyword
    argument: str = ""  # the name that callers of a resource use; empty if it is the name in Python


@dataclass(frozen=True)
class Operation:
    """An operation; the keys of its parameters are their plain names."""

    request: str = ""  # `GET /v1/models/{model_id}`
    responses: Mapping[str, frozenset[str]] = field(default_factory=dict)  # titles of the schemas by documented status
    security: frozenset[str] = frozenset()
    parameters: Mapping[str, Sent] = field(default_factory=dict)


@dataclass(frozen=True)
class Document:
    """A whole document; the key of an operation is its plain operationId, which equals the plain name of its module."""

    servers: frozenset[str] = frozenset()
    operations: Mapping[str, Operation] = field(default_factory=dict)


def read(source: bytes | None, name: str) -> Document:
    """The document; an empty one if there is none. Raises CannotRunError for one that cannot be read."""
    if source is None:
        return Document()
    try:
        data = yaml.load(source, LOADER)  # noqa: S506  # both loaders are safe ones
        servers = frozenset(server["url"] for server in data.get("servers", ()))
        return Document(servers, dict(_operation(data, place) for place in references.operations(data)))
    except (yaml.YAMLError, references.DanglingError, AttributeError, KeyError, TypeError) as error:
        raise CannotRunError(Problem(name, 0, one_line(f"cannot be read: {error}"))) from error


def plain(name: str) -> str:
    """A name in lower case without separators, which is the same in Python and on the wire."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _operation(data: Any, place: tuple[str, str, str]) -> tuple[str, Operation]:
    stated = references.at(data, place)
    return plain(stated.get("operationId", "")), Operation(
        request=f"{place[2].upper()} {place[1]}",
        responses={str(status): _schemas(data, each) for status, each in stated.get("responses", {}).items()},
        security=frozenset(_needed(data, each) for each in stated.get("security", data.get("security", ()))),
        parameters={
            plain(one["name"]): Sent(f"{one['in']} {one['name']}", dict(_limits(data, one)), one.get(ARGUMENT, ""))
            for _, one in references.parameters(data, place)
        },
    )


def _schemas(data: Any, response: Any) -> frozenset[str]:
    bodies = [media.get("schema") for media in references.follow(data, response).get("content", {}).values()]
    found = re.findall(r"'#/components/schemas/([^']+)'", str(bodies))
    return frozenset(references.at(data, ("components", "schemas", name)).get("title", name) for name in found)


def _needed(data: Any, requirement: Mapping[str, Any]) -> str:
    schemes = [references.follow(data, data["components"]["securitySchemes"][name]) for name in requirement]
    return " and ".join(sorted(map(_scheme, schemes))) or "nothing"


def _scheme(scheme: Any) -> str:
    if scheme["type"] == "apiKey":
        return f"a key in {scheme['in']} `{scheme['name']}`"
    return f"a credential of {scheme['type']} {scheme.get('scheme', '')}".rstrip()


def _limits(data: Any, parameter: Any) -> Iterator[tuple[str, Any]]:
    schema = references.follow(data, parameter.get("schema", {}))
    for prefix, inner in (("", schema), ("items.", references.follow(data, schema.get("items", {})))):
        yield from ((prefix + keyword, inner[keyword]) for keyword in references.LIMITS & inner.keys())
        leaves = references.leaves(data, inner)
        values = [leaf.get("enum", [leaf["const"]] if "const" in leaf else []) for leaf in leaves]
        if all(values):
            yield prefix + VALUES, frozenset(str(value) for several in values for value in several)
