"""Operations: named, and in agreement with their paths and with the declared ways in."""

import re
from collections.abc import Iterator
from typing import Any

from codegen import references
from codegen.document import Pointer
from codegen.metaschema import Description, Finding
from codegen.problems import nearest


def operation_ids(description: Description) -> Iterator[Finding]:
    """The operationId names the generated function: each has one, and no two the same."""
    seen: dict[str, str] = {}
    for part in description.parts:
        if "operation" not in part.kinds:
            continue
        name = part.value.get("operationId")
        if name is None:
            method, path = str(part.pointer[-1]).upper(), part.pointer[-2]
            yield part.pointer, f"{method} {path} has no operationId: it names the generated function"
            continue
        module = re.sub(r"[^a-z0-9]", "", name.lower())
        if module in seen:
            yield (*part.pointer, "operationId"), f"operationId `{name}` is taken already, by `{seen[module]}`"
        seen.setdefault(module, name)


def path_parameters(description: Description) -> Iterator[Finding]:
    """The names in braces and the declared path parameters are the same, and nothing is declared twice."""
    for part in description.parts:
        if "operation" not in part.kinds or part.pointer[0] != "paths":
            continue
        path = str(part.pointer[1])
        own = list(_declared(description.data, part.pointer))
        shared = list(_declared(description.data, part.pointer[:2]))
        in_path = {name: pointer for pointer, place, name in shared + own if place == "path"}
        for index, (pointer, place, name) in enumerate(own):
            if (place, name) in {item[1:] for item in own[:index]}:
                yield pointer, f"{place} parameter `{name}` is declared twice"
        for name in re.findall(r"{([^}]*)}", path):
            if name not in in_path:
                yield part.pointer[:2], f"`{{{name}}}` is no declared path parameter{nearest(name, in_path)}"
        for name, pointer in in_path.items():
            if f"{{{name}}}" not in path:
                yield pointer, f"path parameter `{name}` does not stand in the path `{path}`"


def security_schemes(description: Description) -> Iterator[Finding]:
    """A security requirement names declared schemes."""
    known = description.data.get("components", {}).get("securitySchemes", {})
    for part in description.parts:
        for name in part.value if "security-requirement" in part.kinds else ():
            if name not in known:
                yield (*part.pointer, name), f"`{name}` is no declared security scheme{nearest(name, known)}"


def _declared(data: Any, pointer: Pointer) -> Iterator[tuple[Pointer, str, str]]:
    for index, item in enumerate(references.at(data, pointer).get("parameters", ())):
        try:
            parameter = references.follow(data, item)
        except references.DanglingError:
            continue  # told by the rules for references
        yield (*pointer, "parameters", index), parameter["in"], parameter["name"]
