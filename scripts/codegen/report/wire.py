"""What the document of a package says that its Python does not show: servers, requests, security, limits."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from codegen import references
from codegen.arguments import ARGUMENT
from codegen.problems import CannotRunError, Problem, one_line

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast, where it is there
METHODS = frozenset({"delete", "get", "head", "options", "patch", "post", "put", "trace"})
LOWER_LIMITS = frozenset({"exclusiveMinimum", "minItems", "minLength", "minimum"})
UPPER_LIMITS = frozenset({"exclusiveMaximum", "maxItems", "maxLength", "maximum"})
OTHER_LIMITS = frozenset({"multipleOf", "pattern", "uniqueItems"})
NULL = "null"
VALUES = "values"
"""Stands for a closed set of values, which a header's type in Python may not show."""


@dataclass(frozen=True)
class Parameter:
    """A parameter as it is sent: `header anthropic-beta`, and what its value has to be besides its type."""

    location: str = ""
    limits: Mapping[str, Any] = field(default_factory=dict)
    argument: str = ""
    """What callers of a resource give it by; empty if that is its name in Python."""


@dataclass(frozen=True)
class Operation:
    """An operation; its parameters go by their plain names."""

    request: str = ""
    answers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Documented statuses, each with the titles of the schemas that its body is made of."""
    security: frozenset[str] = frozenset()
    parameters: Mapping[str, Parameter] = field(default_factory=dict)


@dataclass(frozen=True)
class Document:
    """A whole document; its operations go by their plain operationId, which is that of their module."""

    servers: frozenset[str] = frozenset()
    operations: Mapping[str, Operation] = field(default_factory=dict)


def read(source: bytes | None, name: str) -> Document:
    """The document; an empty one where there is none. Raises CannotRunError for one that cannot be read."""
    if source is None:
        return Document()
    try:
        data = yaml.load(source, LOADER)  # noqa: S506  # both loaders are safe ones
        return Document(frozenset(server["url"] for server in data.get("servers", ())), dict(_operations(data)))
    except (yaml.YAMLError, references.DanglingError, AttributeError, KeyError, TypeError) as error:
        raise CannotRunError(Problem(name, 0, one_line(f"cannot be read: {error}"))) from error


def plain(name: str) -> str:
    """A name without what its form in Python and its form on the wire differ in."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _operations(data: Any) -> Iterator[tuple[str, Operation]]:
    found = [(path, item, method) for path, item in data.get("paths", {}).items() for method in METHODS & item.keys()]
    for path, item, method in found:
        listed = [references.follow(data, one) for whole in (item, item[method]) for one in whole.get("parameters", ())]
        stated = [(one, f"{one['in']} {one['name']}", dict(_limits(data, one))) for one in listed]
        security = item[method].get("security", data.get("security", ()))
        yield (
            plain(item[method].get("operationId", "")),
            Operation(
                f"{method.upper()} {path}",
                {str(status): _schemas(data, each) for status, each in item[method].get("responses", {}).items()},
                security=frozenset(_needed(data, requirement) for requirement in security),
                parameters={plain(one["name"]): Parameter(at, has, one.get(ARGUMENT, "")) for one, at, has in stated},
            ),
        )


def _schemas(data: Any, answer: Any) -> frozenset[str]:
    bodies = [media.get("schema") for media in references.follow(data, answer).get("content", {}).values()]
    found = re.findall(r"'#/components/schemas/([^']+)'", str(bodies))
    return frozenset(references.at(data, ("components", "schemas", name)).get("title", name) for name in found)


def _needed(data: Any, requirement: Mapping[str, Any]) -> str:
    schemes = data.get("components", {}).get("securitySchemes", {})
    return " and ".join(sorted(_scheme(references.follow(data, schemes[name])) for name in requirement)) or "nothing"


def _scheme(scheme: Any) -> str:
    if scheme["type"] == "apiKey":
        return f"a key in {scheme['in']} `{scheme['name']}`"
    return f"a credential of {scheme['type']}{' ' + scheme['scheme'] if 'scheme' in scheme else ''}"


def _limits(data: Any, parameter: Any) -> Iterator[tuple[str, Any]]:
    schema = references.follow(data, parameter.get("schema", {}))
    for prefix, inner in (("", schema), ("items.", references.follow(data, schema.get("items", {})))):
        for keyword, value in inner.items():
            if keyword in LOWER_LIMITS | UPPER_LIMITS | OTHER_LIMITS:
                yield prefix + keyword, value
        values = [_values(branch) for branch in _branches(data, inner)]
        if all(values):
            yield prefix + VALUES, frozenset(str(value) for branch in values for value in branch)


def _branches(data: Any, schema: Any) -> Iterator[Any]:
    schema = references.follow(data, schema)
    branches = [branch for keyword in ("anyOf", "oneOf") for branch in schema.get(keyword, ())]
    if not branches:
        yield schema
    for branch in branches:
        yield from _branches(data, branch)


def _values(schema: Any) -> list[Any]:
    return [schema["const"]] if "const" in schema else list(schema.get("enum", ()))
