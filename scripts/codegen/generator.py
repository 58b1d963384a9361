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
from jinja2 import TemplateSyntaxError
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.strings import ClassName, PythonIdentifier, snake_case
from pydantic import ValidationError

TEMPLATES = Path(openapi_python_client.__file__).with_name("templates")


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Generate, if the settings and the templates are what the generator knows; else say what is not."""
    templates = Path(request["templates"])
    overrides = [path.relative_to(templates).as_posix() for path in sorted(templates.rglob("*.jinja"))]
    unknown = {
        "known_settings": sorted(ConfigFile.model_fields),
        "unknown_settings": sorted(set(request["settings"]) - set(ConfigFile.model_fields)),
        "unknown_templates": [name for name in overrides if not (TEMPLATES / name).is_file()],
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
    data = GeneratorData.from_dict(json.loads(Path(config.document_source).read_text("utf-8")), config=config)
    if isinstance(data, GeneratorError):
        return [data]
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
                        f"from ...models.{snake_case(item)} import {item}" for item in items if item[0].isupper()
                    ],
                }
            )
    successes = [each for each in endpoint.responses.patterns if (each.status_code.range or (0,))[0] // 100 == 2]
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
        "schemas": {name: snake_case(ClassName(title, prefix)) for name, title in request["schemas"].items()},
    }


def _dumped(data: Any) -> Any:
    return data and json.loads(data.model_dump_json(exclude_unset=True, by_alias=True))


if __name__ == "__main__":
    with contextlib.redirect_stdout(sys.stderr):
        result = answer(json.load(sys.stdin))
    json.dump(result, sys.stdout)
