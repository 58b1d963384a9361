"""Runs the generator, in a process of its own: reads a request as JSON from stdin, answers as JSON on stdout.

The functions of openapi-python-client are called, not its command line: its complaints come as data then, and
none of them is only a warning. Imports nothing from this folder.
"""

import contextlib
import json
import sys
import traceback
from pathlib import Path
from typing import Any

import openapi_python_client
from jinja2 import TemplateSyntaxError
from openapi_python_client.config import Config, ConfigFile, MetaType
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
    return {**unknown, **_generated(config, templates), **_modules(request, settings.field_prefix)}


def _generated(config: Config, templates: Path) -> dict[str, Any]:
    try:
        errors = openapi_python_client.generate(config=config, custom_template_path=templates)
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
