"""Runs openapi-python-client. Each of its warnings is an error, reported at the line of the fragment that causes it.

It is used as a library, not as a command, because its functions return the warnings as data.
"""

import contextlib
import io
import json
import re
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import openapi_python_client
from jinja2 import TemplateSyntaxError
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.schema import OpenAPI
from openapi_python_client.strings import ClassName, PythonIdentifier
from pydantic import Field, ValidationError

from codegen import generator
from codegen.document import Document, Pointer
from codegen.metaschema import Description
from codegen.problems import CannotRunError, Problem, one_line

NAMELESS = re.compile(r"<\S+ object at 0x[0-9a-f]+>")  # how the generator's messages show some names
LOST = "Could not find reference in parsed models"
TEMPLATES = Path(openapi_python_client.__file__).with_name("templates")


class _Settings(ConfigFile, extra="forbid"):
    """The generator's settings. Unknown ones, which it would ignore, and hooks, which depend on PATH, are rejected."""

    package_name_override: Annotated[str, Field(pattern=r"^[a-z_]\w*$")]
    post_hooks: Annotated[list[str], Field(max_length=0)]


def generate(fragment: Document, lowered: Any, settings: Document, templates: Path, folder: Path) -> Path:
    """Write the package into a folder. Raises CannotRunError, with the lines of the fragment, if that fails."""
    config = _config(settings, templates, folder)
    try:
        OpenAPI.model_validate(lowered)  # the next line does this too, but its error has no places
        data: Any = GeneratorData.from_dict(lowered, config=config)
        errors = _build(fragment.data, data, config, templates)
    except ValidationError as error:
        found = [_problem(fragment, _along(lowered, each["loc"]), each["msg"]) for each in error.errors()]
        raise CannotRunError(*dict.fromkeys(found)) from error
    except Exception as error:  # in the generator itself, or in a template
        raise CannotRunError(_crash(error, templates)) from error
    causes = [error for error in errors if LOST not in str(error.detail)]  # the others are consequences
    problems = [_complaint(fragment, lowered, error) for error in causes or errors]
    problems = problems or list(_missing(fragment, lowered, data, config.field_prefix))
    if problems:
        raise CannotRunError(*dict.fromkeys(problems))
    return folder / str(config.package_name_override)


def _config(settings: Document, templates: Path, folder: Path) -> Config:
    problems, file = [], ConfigFile()
    for path in sorted(templates.rglob("*.jinja")):
        # A template whose name begins with an underscore is included by others.
        if not path.name.startswith("_") and not (TEMPLATES / path.relative_to(templates)).is_file():
            message = "overrides nothing: the generator has no template of this name"
            problems.append(Problem(_shown(path, templates), 0, message))
    try:
        file = _Settings.model_validate(settings.data)
    except ValidationError as error:
        for each in error.errors():
            message = f"`{'.'.join(map(str, each['loc']))}` is invalid for the generator: {each['msg']}"
            problems.append(settings.problem(each["loc"][:1], message))
    if problems:
        raise CannotRunError(*problems)
    package = folder / str(file.package_name_override)
    return Config.from_sources(file, MetaType.NONE, package, "utf-8", overwrite=False, output_path=package)


def _shown(path: Path, templates: Path) -> str:
    return path.relative_to(templates.parents[1]).as_posix() if path.is_relative_to(templates) else str(path)


def _build(data: Any, parsed: GeneratorData, config: Config, templates: Path) -> Sequence[GeneratorError]:
    project = openapi_python_client.Project(openapi=parsed, custom_template_path=templates, config=config)
    parts = {
        PythonIdentifier(part.value["operationId"], config.field_prefix): part for part in Description(data).operations
    }
    # What our templates need about an operation, in addition to what the generator gives them.
    project.env.globals["operations"] = {
        endpoint.name: generator.described(data, parts[endpoint.name], endpoint)
        for collection in parsed.endpoint_collections_by_tag.values()
        for endpoint in collection.endpoints
    }
    with contextlib.redirect_stdout(io.StringIO()):
        return project.build()


def _crash(error: Exception, templates: Path) -> Problem:
    frames = [each for each in traceback.extract_tb(error.__traceback__) if each.filename.endswith(".jinja")]
    file, line = (frames[-1].filename, frames[-1].lineno) if frames else (None, None)
    if isinstance(error, TemplateSyntaxError):
        file, line = error.filename, error.lineno
    where = _shown(Path(file), templates) if file else "the generator"
    return Problem(where, line or 0, one_line(f"the generator stopped: {type(error).__name__}: {error}"))


def _problem(fragment: Document, pointer: Pointer, detail: str, what: str = "") -> Problem:
    detail = NAMELESS.sub("...", detail).strip().split("\n\n", 1)[0]
    return fragment.problem(pointer, one_line(f"the generator rejects this{what}: {detail}"))


def _complaint(fragment: Document, lowered: Any, error: GeneratorError) -> Problem:
    """The generator's error in one line, at the place that causes it."""
    text = f"{error.header} {error.detail or ''}"
    cause = getattr(error, "data", None)
    wanted = cause and json.loads(cause.model_dump_json(exclude_unset=True, by_alias=True))
    operations = {f"{str(part.pointer[2]).upper()} {part.pointer[1]}": part for part in Description(lowered).operations}
    near = next((name for name in operations if name in text), None)
    pointer: Pointer = operations[near].pointer if near else ()
    # If several places have this data, the one in the operation that the error names is reported.
    found = sorted(_find(lowered, wanted, ()), key=lambda place: place[: len(pointer)] != pointer)
    component = re.search(r"/(components)/(\w+)/([\w.-]+)", text)
    pointer = found[0] if found else pointer or (component.groups() if component else ())
    return _problem(fragment, pointer, error.detail or error.header, f" in {near}" if near else "")


def _along(data: Any, steps: Sequence[str | int]) -> Pointer:
    """The place that a validation error names, without the steps that are not in the document."""
    pointer: Pointer = ()
    for step in steps:
        inside = step in data if isinstance(data, dict) else isinstance(data, list) and step in range(len(data))
        if inside:
            data, pointer = data[step], (*pointer, step)
    return pointer


def _find(data: Any, wanted: Any, pointer: Pointer) -> Iterator[Pointer]:
    """The places whose value equals `wanted`."""
    if wanted and data == wanted:
        yield pointer
        return
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, item in items:
        yield from _find(item, wanted, (*pointer, key))


def _missing(fragment: Document, lowered: Any, parsed: GeneratorData, prefix: str) -> Iterator[Problem]:
    """Each operation and each class for which the generator made no module."""
    made = {each.name for collection in parsed.endpoint_collections_by_tag.values() for each in collection.endpoints}
    for part in Description(lowered).operations:
        name = part.value["operationId"]
        if PythonIdentifier(name, prefix) not in made:
            yield fragment.problem(part.pointer, f"the generator made no module for operation `{name}`")
    classes = {each.class_info.name for each in (*parsed.models, *parsed.enums)}
    for name, schema in lowered.get("components", {}).get("schemas", {}).items():
        if _is_class(schema) and ClassName(schema.get("title", name), prefix) not in classes:
            yield fragment.problem(("components", "schemas", name), f"the generator made no module for `{name}`")


def _is_class(schema: Any) -> bool:
    """Whether the generator makes a module for a schema: for an object or for known values."""
    if {"anyOf", "oneOf", "$ref"} & schema.keys() or [list(part) for part in schema.get("allOf", ())] == [["$ref"]]:
        return False
    is_object = schema.get("type") == "object" or "properties" in schema
    return is_object or ("enum" in schema and schema.get("type") in ("string", "integer"))
