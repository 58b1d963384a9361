"""Operations: their names, parameters, responses, tags and security requirements."""

import re
from collections.abc import Iterator

from codegen import references
from codegen.arguments import method_name, tag_of
from codegen.lower import is_json
from codegen.metaschema import Description, Finding, Part
from codegen.names import is_public, python_name
from codegen.problems import nearest


def paths(description: Description, _: Part) -> Iterator[Finding]:
    """A path has no query, and no two paths differ only in the names of their parameters."""
    known: dict[str, str] = {}
    for path in map(str, description.data.get("paths", ())):
        plain = re.sub(r"{[^}]*}", "{}", path)
        if plain in known:
            yield ("paths", path), f"this path differs from `{known[plain]}` only in parameter names"
        elif "?" in path or "#" in path:
            yield ("paths", path), "write a query as parameters, not in the path"
        known.setdefault(plain, path)


def operation_ids(description: Description, _: Part) -> Iterator[Finding]:
    """Each operation has a unique operationId, which names the generated function and the method."""
    seen: dict[str, str] = {}
    for part in description.operations:
        name, tag = part.value.get("operationId"), tag_of(part.value)
        if name is None:
            method, path = str(part.pointer[-1]).upper(), part.pointer[-2]
            yield part.pointer, f"{method} {path} has no operationId: it names the generated function"
            continue
        method = method_name(name, tag)
        if not is_public(python_name(tag)) or not tag[0].isalpha():
            yield part.at("tags"), f"`{tag}` cannot be the name of a resource in Python"
        elif not is_public(method) or not name[0].isalpha():
            yield part.at("operationId"), f"`{method}` cannot be the name of a method: choose another operationId"
        for taken in (re.sub(r"[^a-z0-9]", "", name.lower()), f"{python_name(tag)}.{method}"):
            if taken in seen:
                yield part.at("operationId"), f"operationId `{name}` gives the same name as `{seen[taken]}`"
            seen.setdefault(taken, name)


def operation(_: Description, part: Part) -> Iterator[Finding]:
    """At least one response is a success. The only tag of an operation names its resource."""
    statuses = part.value.get("responses")
    if statuses and not any(status.startswith("2") for status in statuses):
        yield part.at("responses"), "no response is a success: declare a status from 200 to 299"
    if len(part.value.get("tags", ())) > 1:
        yield part.at("tags", 1), "an operation belongs to one resource: give it one tag"


def path_parameters(description: Description, part: Part) -> Iterator[Finding]:
    """The names in braces are those of the declared path parameters; no parameter is declared twice."""
    path, seen, in_path = str(part.pointer[1]), set(), set()
    for pointer, parameter in references.parameters(description.data, part.pointer):
        place, name = parameter["in"], parameter["name"]
        known = place, name.lower() if place == "header" else name
        if known in seen:
            yield pointer, f"{place} parameter `{name}` is declared twice"
        seen.add(known)
        if place == "path":
            in_path.add(name)
            if f"{{{name}}}" not in path:
                yield pointer, f"path parameter `{name}` is not in the path `{path}`"
    for name in re.findall(r"{([^}]*)}", path):
        if name not in in_path:
            yield part.pointer[:2], f"`{{{name}}}` is an undeclared path parameter{nearest(name, in_path)}"


def response(_: Description, part: Part) -> Iterator[Finding]:
    """A response is JSON, or has no body."""
    content = part.value.get("content")
    if content and not any(map(is_json, content)):
        yield part.at("content"), "the client reads JSON only: declare `application/json`"


def security_requirement(description: Description, part: Part) -> Iterator[Finding]:
    """A requirement names exactly one scheme, which is declared."""
    known = description.data.get("components", {}).get("securitySchemes", {})
    for index, name in enumerate(part.value):
        if name not in known:
            yield part.at(name), f"`{name}` is an unknown security scheme{nearest(name, known)}"
        elif index:
            yield part.at(name), "only one credential is sent: make each scheme a separate alternative"


def security_scheme(_: Description, part: Part) -> Iterator[Finding]:
    """One of the two ways in which the client sends its credential."""
    way = " ".join(str(part.value.get(key, "")).lower() for key in ("type", "in", "scheme")).split()
    if way not in (["apikey", "header"], ["http", "bearer"]):
        yield part.pointer, "a credential is an API key in a header, or a bearer token"
