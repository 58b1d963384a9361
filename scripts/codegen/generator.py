"""Patches of openapi-python-client, and the facts about an operation that our templates need."""

import re
from typing import Any

from attrs import evolve
from openapi_python_client.parser import bodies, openapi, properties, responses
from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.parser.properties import string
from openapi_python_client.parser.properties.float import FloatProperty
from openapi_python_client.parser.properties.int import IntProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.string import StringProperty
from openapi_python_client.schema import UntrustedString
from openapi_python_client.strings import ClassName, PythonCode, PythonIdentifier

from codegen import arguments, lower, references
from codegen.metaschema import Part
from codegen.references import LIMITS

property_from_data = properties.property_from_data


def bounded(*arguments: Any, **named: Any) -> Any:
    """Like the generator's function, but with the bounds in the type: `Annotated[int, Bounds(minimum=1)]`."""
    made: Any
    made, schemas = property_from_data(*arguments, **named)
    found = {name: _plain(getattr(named.get("data"), name, None)) for name in sorted(LIMITS)}
    bounds = ", ".join(f"{name}={value!r}" for name, value in found.items() if value is not None and value is not False)
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


def _plain(value: Any) -> Any:
    value = value.get_untrusted_value() if isinstance(value, UntrustedString) else value
    return int(value) if isinstance(value, float) and value.is_integer() else value


for module in (properties, openapi, responses, bodies):
    module.property_from_data = bounded  # type: ignore[attr-defined]  # each imports it, and none exports it
# The generator escapes quotes and backslashes of a default or constant, and then taking its repr escapes them again.
setattr(string, "remove_string_escapes", lambda value: value)  # noqa: B010  # a name that it does not export


def described(data: Any, part: Part, endpoint: Endpoint) -> dict[str, Any]:
    """The method of an operation, its arguments and its result, for the templates."""
    known = {(each["in"], each["name"]): each for _, each in references.parameters(data, part.pointer)}
    found = [
        _argument(data, known[place, each.name.get_untrusted_value()], each)
        for place in ("path", "query", "header")
        for each in getattr(endpoint, f"{place}_parameters")
    ]
    successes = [each for each in endpoint.responses.patterns if (each.status_code.range or (0, 0))[0] // 100 == 2]
    types = ["None" if each.source["return_type"] == "None" else _code(each.prop) for each in successes]
    used = " ".join([*types, *(each["type"] for each in found)])
    imports = {line for line in endpoint.relative_imports if set(line.split()[-1:]) & set(re.findall(r"\w+", used))}
    return {
        "method": arguments.method_name(part.value["operationId"], arguments.tag_of(part.value)),
        "arguments": found,
        "successes": list(zip(successes, types, strict=True)),
        "result": " | ".join(dict.fromkeys(types)) or "None",
        "imports": sorted(imports.union(*(each["imports"] for each in found))),
    }


def _argument(data: Any, parameter: Any, made: Any) -> dict[str, Any]:
    schema = references.follow(data, parameter.get("schema", {}))
    is_joined = lower.is_joined(parameter, schema)
    named = arguments.item_types(data, schema.get("items", {})) if is_joined else ()
    items = sorted(ClassName(item[1:], "") if item[0] == "#" else item for item in named)
    return {
        "argument": parameter.get(arguments.ARGUMENT) or made.python_name,
        "name": made.python_name,
        "place": parameter["in"],
        "wire_name": parameter["name"],
        "type": f"SequenceNotStr[{' | '.join(items)}]" if is_joined else _code(made, no_optional=True),
        "is_joined": is_joined,
        "is_required": parameter["in"] == "path" or (made.required and made.default is None),
        "default": made.default and made.default.python_code.as_unembedded_code(),
        "description": parameter.get("description", ""),
        "imports": [
            f"from ...models.{PythonIdentifier(item, '')} import {item}" for item in items if item[0].isupper()
        ],
    }


def _code(property_: Any, **options: bool) -> str:
    code: str = property_.get_type_string(**options).as_unembedded_code()
    return code
