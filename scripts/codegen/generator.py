"""Runs the generator, in a process of its own: reads a request as JSON from stdin, answers as JSON on stdout.

The functions of openapi-python-client are called, not its command line: its complaints come as data then, and
none of them is only a warning. Imports nothing from this folder.
"""

import contextlib
import json
import re
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openapi_python_client
from attrs import evolve
from jinja2 import TemplateSyntaxError
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData, bodies, openapi, properties, responses
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.parser.properties import string
from openapi_python_client.parser.properties.float import FloatProperty
from openapi_python_client.parser.properties.int import IntProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.string import StringProperty
from openapi_python_client.schema import OpenAPI, UntrustedString
from openapi_python_client.strings import ClassName, PythonCode, PythonIdentifier
from pydantic import ValidationError

# The generator escapes quotes and backslashes of a default or constant before it takes the repr: once too often.
setattr(string, "remove_string_escapes", lambda value: value)  # noqa: B010  # a name that it does not export
TEMPLATES = Path(openapi_python_client.__file__).with_name("templates")
BOUNDS = """exclusiveMaximum exclusiveMinimum maxItems maxLength maximum minItems minLength minimum multipleOf
pattern uniqueItems""".split()  # noqa: SIM905  # a list would take a line for each word


def keep_bounds() -> None:
    """Write the bounds of a schema into its type, `Annotated[int, Bounds(minimum=1)]`: the generator forgets them."""
    plain = properties.property_from_data

    def bounded(*arguments: Any, **named: Any) -> Any:
        made: Any
        made, schemas = plain(*arguments, **named)
        data = named.get("data")
        said = {name: getattr(data, name, None) for name in BOUNDS}
        bounds = ", ".join(f"{name}={_plain(value)!r}" for name, value in said.items() if value not in (None, False))
        if bounds and type(made) in (FloatProperty, IntProperty, ListProperty, StringProperty):
            base: Any = type(made)
            type_string = base.get_base_type_string(made).as_unembedded_code()
            code = f"Annotated[{type_string}, Bounds({bounds})]"
            own = {
                "__slots__": (),
                "get_base_type_string": lambda _: PythonCode(code),
                "to_docstring": lambda self: base.to_docstring(self).replace(code, f"{type_string}, {bounds}"),
            }
            made = evolve(made)
            made.__class__ = type(base.__name__, (base,), own)
        return made, schemas

    for module in (properties, openapi, responses, bodies):
        module.property_from_data = bounded  # type: ignore[attr-defined]  # which they import from each other


def _plain(value: Any) -> Any:
    value = value.get_untrusted_value() if isinstance(value, UntrustedString) else value
    return int(value) if isinstance(value, float) and value.is_integer() else value


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Generate, if the settings and the templates are what the generator knows; else say what is not."""
    templates = Path(request["templates"])
    overrides = [path.relative_to(templates).as_posix() for path in sorted(templates.rglob("*.jinja"))]
    parts = [name for name in overrides if Path(name).name.startswith("_")]  # which other templates include
    unknown = {
        "known_settings": sorted(ConfigFile.model_fields),
        "unknown_settings": sorted(set(request["settings"]) - set(ConfigFile.model_fields)),
        "unknown_templates": [name for name in overrides if name not in parts and not (TEMPLATES / name).is_file()],
        "wrong_settings": [],
    }
    try:
        settings = ConfigFile(**request["settings"])
    except ValidationError as error:
        return {**unknown, "wrong_settings": [(item["loc"][0], item["msg"]) for item in error.errors()]}
    if unknown["unknown_settings"] or unknown["unknown_templates"]:
        return unknown
    package, document = Path(request["package"]), Path(request["document"])
    config = Config.from_sources(settings, MetaType.NONE, document, "utf-8", False, package)
    names = _modules(request, settings.field_prefix)
    told = {names["operations"][name]: operation for name, operation in request["operations"].items()}
    return {**unknown, **_generated(config, templates, told), **names}


def _generated(config: Config, templates: Path, operations: dict[str, Any]) -> dict[str, Any]:
    try:
        errors = _build(config, templates, operations)
    except ValidationError as error:
        found = [{"header": "", "detail": item["msg"], "data": None, "loc": item["loc"]} for item in error.errors()]
        return {"errors": found, "crash": None}
    except Exception as error:  # noqa: BLE001  # a crash of the generator is an answer too
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".jinja")]
        place: tuple[str | None, int | None] | None = None
        if isinstance(error, TemplateSyntaxError):
            place = (error.filename, error.lineno)
        elif frames:
            place = (frames[-1].filename, frames[-1].lineno)
        return {"errors": [], "crash": f"{type(error).__name__}: {error}", "place": place}
    return {
        "crash": None,
        "errors": [
            {"header": error.header, "detail": error.detail, "data": _dumped(getattr(error, "data", None))}
            for error in errors
        ],
    }


def _build(config: Config, templates: Path, operations: dict[str, Any]) -> Sequence[GeneratorError]:
    """Generate, with `operations` for the templates: what the generator does not read in the document."""
    document = json.loads(Path(config.document_source).read_text("utf-8"))
    OpenAPI.model_validate(document)  # as the next line does, but with the places of what is wrong
    data = GeneratorData.from_dict(document, config=config)
    assert isinstance(data, GeneratorData)  # noqa: S101  # for type checkers: it can be read
    project = openapi_python_client.Project(openapi=data, custom_template_path=templates, config=config)
    for collection in data.endpoint_collections_by_tag.values():
        for endpoint in collection.endpoints:
            operations[endpoint.name] |= _described(endpoint, operations[endpoint.name]["parameters"])
    project.env.globals["operations"] = operations
    return project.build()


def _described(endpoint: Endpoint, told: dict[str, Any]) -> dict[str, Any]:
    """The arguments and the result of a resource's method."""
    arguments = []
    for place in ("path", "query", "header"):
        for each in getattr(endpoint, f"{place}_parameters"):
            name = each.name.get_untrusted_value()
            known = told[f"{place} {name}"]
            items = [ClassName(item[1:], "") if item[0] == "#" else item for item in known["items"] or ()]
            arguments.append(
                {
                    "argument": known["argument"] or each.python_name,
                    "name": each.python_name,
                    "place": place,
                    "wire_name": name,
                    "type": f"SequenceNotStr[{' | '.join(items)}]" if items else _code(each, no_optional=True),
                    "is_joined": bool(items),
                    "is_required": place == "path" or (each.required and each.default is None),
                    "default": each.default and each.default.python_code.as_unembedded_code(),
                    "description": known["description"],
                    "imports": [
                        f"from ...models.{PythonIdentifier(item, '')} import {item}"
                        for item in items
                        if item[0].isupper()
                    ],
                }
            )
    successes = [each for each in endpoint.responses.patterns if (each.status_code.range or (0, 0))[0] // 100 == 2]
    types = ["None" if each.source["return_type"] == "None" else _code(each.prop) for each in successes]
    used = " ".join([*types, *(argument["type"] for argument in arguments)])
    imports = {line for line in endpoint.relative_imports if set(line.split()[-1:]) & set(re.findall(r"\w+", used))}
    return {
        "arguments": arguments,
        "successes": list(zip(successes, types, strict=True)),
        "result": " | ".join(dict.fromkeys(types)) or "None",
        "imports": sorted(imports.union(*(argument["imports"] for argument in arguments))),
    }


def _code(property_: Any, **options: bool) -> str:
    code: str = property_.get_type_string(**options).as_unembedded_code()
    return code


def _modules(request: dict[str, Any], prefix: str) -> dict[str, Any]:
    """Names of operations and schemas, and the modules that the generator should have made of them."""
    return {
        "operations": {name: PythonIdentifier(name, prefix) for name in request["operations"]},
        "schemas": {
            name: PythonIdentifier(ClassName(title, prefix), prefix) for name, title in request["schemas"].items()
        },
    }


def _dumped(data: Any) -> Any:
    return data and json.loads(data.model_dump_json(exclude_unset=True, by_alias=True))


keep_bounds()

if __name__ == "__main__":
    with contextlib.redirect_stdout(sys.stderr):
        result = answer(json.load(sys.stdin))
    json.dump(result, sys.stdout)
