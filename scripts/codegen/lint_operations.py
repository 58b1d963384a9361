"""Operations: their names, parameters, responses, tags and security requirements."""

import keyword
import re
from collections.abc import Iterator

from codegen import arguments, references
from codegen.lower import is_json
from codegen.metaschema import Description, Finding
from codegen.names import python_name
from codegen.problems import nearest


def operation_ids(description: Description) -> Iterator[Finding]:
    """The operationId names the generated function and the method: each has one, and no two are the same."""
    seen: dict[str, str] = {}
    for part in description.parts:
        if "operation" not in part.kinds:
            continue
        name = part.value.get("operationId")
        if name is None:
            method, path = str(part.pointer[-1]).upper(), part.pointer[-2]
            yield part.pointer, f"{method} {path} has no operationId: it names the generated function"
            continue
        tag = str((part.value.get("tags") or ["default"])[0])
        method = arguments.method_name(name, tag)
        if not _is_name(python_name(tag)) or not tag[0].isalpha():
            yield (*part.pointer, "tags"), f"`{tag}` cannot be the name of a resource in Python"
        elif not _is_name(method) or not name[0].isalpha():
            yield (
                (*part.pointer, "operationId"),
                f"`{method}` cannot be the name of a method: choose another operationId",
            )
        for taken in (re.sub(r"[^a-z0-9]", "", name.lower()), f"{python_name(tag)}.{method}"):
            if taken in seen:
                yield (*part.pointer, "operationId"), f"operationId `{name}` is taken already, by `{seen[taken]}`"
            seen.setdefault(taken, name)


def _is_name(word: str) -> bool:
    return word.isidentifier() and not keyword.iskeyword(word) and word[0] != "_"


def path_parameters(description: Description) -> Iterator[Finding]:
    """The names in braces and the declared path parameters are the same; nothing is declared twice."""
    known: dict[str, str] = {}
    for path in map(str, description.data.get("paths", ())):
        plain = re.sub(r"{[^}]*}", "{}", path)
        if plain in known:
            yield ("paths", path), f"this path stands in the file already, as `{known[plain]}`"
        elif "?" in path or "#" in path:
            yield ("paths", path), "a query is written as parameters, not into the path"
        known.setdefault(plain, path)
    for part in description.parts:
        if "operation" not in part.kinds or part.pointer[0] != "paths":
            continue
        path = str(part.pointer[1])
        declared = list(references.parameters(description.data, part.pointer))
        for index, (pointer, parameter) in enumerate(declared):
            place, name = parameter["in"], parameter["name"]
            same = [
                (other["in"], other["name"].lower() if place == "header" else other["name"]) for _, other in declared
            ]
            if (place, name.lower() if place == "header" else name) in same[:index]:
                yield pointer, f"{place} parameter `{name}` is declared twice"
            if place == "path" and f"{{{name}}}" not in path:
                yield pointer, f"path parameter `{name}` does not stand in the path `{path}`"
        in_path = {parameter["name"] for _, parameter in declared if parameter["in"] == "path"}
        for name in re.findall(r"{([^}]*)}", path):
            if name not in in_path:
                yield part.pointer[:2], f"`{{{name}}}` is no declared path parameter{nearest(name, in_path)}"


def answers(description: Description) -> Iterator[Finding]:
    """An answer is JSON, or has no body; some answer is a success."""
    for part in description.parts:
        answered = part.value.get("responses") if "operation" in part.kinds else None
        if answered and not any(status.startswith("2") for status in answered):
            yield (*part.pointer, "responses"), "no answer is a success: declare a status from 200 to 299"
        content = part.value.get("content")
        if "response" in part.kinds and content and not any(map(is_json, content)):
            yield (*part.pointer, "content"), "the client reads JSON only: declare `application/json`"


def one_tag(description: Description) -> Iterator[Finding]:
    """The tag of an operation is the resource that has it."""
    for part in description.parts:
        if "operation" in part.kinds and len(part.value.get("tags", ())) > 1:
            yield (*part.pointer, "tags", 1), "an operation is in one resource: give it one tag"


def security_schemes(description: Description) -> Iterator[Finding]:
    """A security requirement names declared schemes."""
    known = description.data.get("components", {}).get("securitySchemes", {})
    for part in description.parts:
        for index, name in enumerate(part.value if "security-requirement" in part.kinds else ()):
            if name not in known:
                yield (*part.pointer, name), f"`{name}` is no declared security scheme{nearest(name, known)}"
            elif index:
                yield (*part.pointer, name), "one credential is sent: write each scheme as an alternative of its own"
    for name, scheme in known.items():
        way = " ".join(str(scheme.get(key, "")).lower() for key in ("type", "in", "scheme")).split()
        if "$ref" not in scheme and way not in (["apikey", "header"], ["http", "bearer"]):
            yield ("components", "securitySchemes", name), "a credential is an API key in a header, or a bearer token"
