"""Runs the generator; every warning of it is an error."""

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from codegen import arguments, toolchain
from codegen.document import Document, Pointer
from codegen.metaschema import Description
from codegen.problems import CannotRunError, Problem, nearest, one_line

NAMELESS = re.compile(r"<\S+ object at 0x[0-9a-f]+>")  # how the generator prints some names of the document
LOST = "Could not find reference in parsed models"
GENERATOR = Path(__file__).with_name("generator.py")


def generate(fragment: Document, lowered: Any, settings: Document, templates: Path, package: Path) -> None:
    """Write the package. Raises CannotRunError, with the lines of the fragment, when anything is amiss."""
    document = package.with_name("document.json")
    document.write_text(json.dumps(lowered), encoding="utf-8")
    schemas = lowered.get("components", {}).get("schemas", {})
    result = _ask(
        {
            "document": str(document),
            "package": str(package),
            "settings": settings.data,
            "templates": str(templates),
            "operations": arguments.of(fragment.data),
            "schemas": {name: schema.get("title", name) for name, schema in schemas.items() if _is_class(schema)},
        }
    )
    problems = [*_settings(settings, result), *_templates(templates, result)]
    errors = result.get("errors", ())
    causes = [error for error in errors if LOST not in str(error["detail"])]  # what was lost by them is no news
    problems += [_told(fragment, lowered, error) for error in causes or errors]
    problems = problems or list(_missing(fragment, lowered, result, package))
    if problems:
        raise CannotRunError(*dict.fromkeys(problems))


def _settings(settings: Document, result: dict[str, Any]) -> Iterator[Problem]:
    for name in result["unknown_settings"]:
        hint = nearest(name, result["known_settings"])
        yield settings.problem((name,), f"`{name}` is not a setting of the generator{hint}")
    for name, message in result["wrong_settings"]:
        yield settings.problem((name,), f"`{name}` is not what the generator takes: {message}")


def _templates(templates: Path, result: dict[str, Any]) -> Iterator[Problem]:
    name = f"{templates.parent.name}/{templates.name}"
    for template in result["unknown_templates"]:
        yield Problem(f"{name}/{template}", 0, "overrides nothing: the generator has no template of this name")
    if crash := result.get("crash"):
        file, line = result["place"] or ("", 0)
        inside = Path(file).is_relative_to(templates)
        where = f"{name}/{Path(file).relative_to(templates)}" if inside else file or "the generator"
        yield Problem(where, line, one_line(f"the generator stopped: {crash}"))


def _ask(request: dict[str, Any]) -> dict[str, Any]:
    # -P and -s: neither the current folder nor the user's own packages are looked at.
    command = [sys.executable, "-P", "-s", "-X", "utf8", str(GENERATOR)]
    done = subprocess.run(
        command,
        input=json.dumps(request),
        env=toolchain.ENVIRONMENT,
        cwd=Path(request["package"]).parent,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
        raise CannotRunError(f"the generator could not be run: {one_line(last)}")
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def _operations(data: Any) -> Iterator[tuple[Pointer, Any]]:
    return ((part.pointer, part.value) for part in Description(data).operations)


def _is_class(schema: Any) -> bool:
    """Whether the generator makes a module of a schema: an object, or a list of known values."""
    if "anyOf" in schema or "oneOf" in schema or "$ref" in schema:
        return False
    if [list(part) for part in schema.get("allOf", ())] == [["$ref"]]:
        return False  # another name for the model that is referred to
    is_object = schema.get("type") == "object" or "properties" in schema
    return is_object or ("enum" in schema and schema.get("type") in ("string", "integer"))


def _told(fragment: Document, lowered: Any, error: dict[str, Any]) -> Problem:
    """The generator's complaint in one line, at the place that it is about."""
    text = " ".join(filter(None, (error["header"], error["detail"])))
    candidates = [pointer for pointer, operation in _operations(lowered) if _named(pointer) in text]
    near = candidates[0] if candidates else ()
    # The same words elsewhere are as wrong, but those of the operation at fault are what its reader looks for.
    found = sorted(_find(lowered, error["data"], ()), key=lambda place: place[: len(near)] != near)
    component = re.search(r"/(components)/(\w+)/([\w.-]+)", text)
    misread = _along(lowered, error.get("loc", ()))
    pointer = misread or found[0] if misread or found else near or (component.groups() if component else ())
    detail = NAMELESS.sub("...", error["detail"] or error["header"]).strip().split("\n\n", 1)[0]
    what = f" in {_named(near)}" if near else ""
    return fragment.problem(pointer, one_line(f"the generator cannot express this{what}: {detail}"))


def _along(data: Any, steps: Iterable[str | int]) -> Pointer:
    """As far as the steps lead into the document; between them the generator names its own alternatives."""
    pointer: Pointer = ()
    for step in steps:
        inside = step in data if isinstance(data, dict) else isinstance(data, list) and step in range(len(data))
        if inside:
            data, pointer = data[step], (*pointer, step)
    return pointer


def _named(pointer: Pointer) -> str:
    return f"{str(pointer[2]).upper()} {pointer[1]}"


def _find(data: Any, wanted: Any, pointer: Pointer) -> list[Pointer]:
    """The places where the document says just that."""
    if wanted and data == wanted:
        return [pointer]
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [place for key, item in items for place in _find(item, wanted, (*pointer, key))]


def _missing(fragment: Document, lowered: Any, modules: dict[str, Any], package: Path) -> Iterator[Problem]:
    made = list(package.glob("api/*/*.py"))
    for pointer, operation in _operations(lowered):
        name = operation["operationId"]
        if not any(path.stem == modules["operations"][name] for path in made):
            yield fragment.problem(pointer, f"the generator has made no module of operation `{name}`")
    for name, module in modules["schemas"].items():
        if not (package / "models" / f"{module}.py").is_file():
            yield fragment.problem(("components", "schemas", name), f"the generator has made no module of `{name}`")
