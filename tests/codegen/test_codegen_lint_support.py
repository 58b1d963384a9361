"""What the lint says of things that the generator would leave out or get wrong without a word."""

from collections.abc import Callable
from typing import Any

from codegen import lint_support

Api = Callable[..., Any]
Told = Callable[[Any, Any], dict[str, str]]

BESIDE = "beside `$ref` is dropped by the generator: use `allOf`"
UNION = "properties beside a union or a single reference are dropped by the generator: put them into `allOf`"


def test_what_would_be_left_out_is_told_where_it_stands(api: Api, told: Told) -> None:
    """Also in what others refer to; the other values of a keyword are fine."""
    styles = ["deepObject", "label", "matrix", "pipeDelimited", "spaceDelimited", "form", "simple"]
    parameters = [{"name": style, "in": "query", "style": style, "schema": {}} for style in styles]
    operation = {
        "parameters": [*parameters, {"name": "c", "in": "query", "content": {"a/b": {}}}],
        "requestBody": {"content": {"multipart/form-data": {}, "a/b": {}}},
        "callbacks": {},
        "servers": [],
    }
    paths = {"/": {"get": operation, "servers": []}, "/r": {"$ref": "#/components/pathItems/R"}}
    shared = {"P": {"name": "p", "in": "query", "style": "label", "schema": {}}}
    found = told(
        lint_support.what_the_generator_would_drop,
        api(paths, webhooks={}, servers=[], components={"pathItems": {"R": {"servers": []}}, "parameters": shared}),
    )
    style = "the generator does not write this style"

    assert found == {
        "#/paths/~1/servers": "servers of a path are ignored by the generator",
        **{f"#/paths/~1/get/parameters/{index}/style": style for index in range(5)},
        "#/paths/~1/get/parameters/7/content": (
            "a parameter with `content` is left out by the generator: use `schema`"
        ),
        "#/paths/~1/get/requestBody/content/multipart~1form-data": (
            "the templates of this project do not write multipart bodies"
        ),
        "#/paths/~1/get/callbacks": "callbacks are left out by the generator",
        "#/paths/~1/get/servers": "servers of an operation are ignored by the generator",
        "#/paths/~1r/$ref": "a path that is only a reference is left out by the generator: write it in place",
        "#/components/pathItems/R/servers": "servers of a path are ignored by the generator",
        "#/components/parameters/P/style": style,
        "#/webhooks": "webhooks are left out by the generator",
    }


def test_what_stands_beside_a_reference_would_be_lost(api: Api, told: Told) -> None:
    """Keywords that only tell may stand there, and everybody's own."""
    only_tell = ["$comment", "deprecated", "description", "examples", "readOnly", "title", "writeOnly", "x-mine"]
    reference = {"$ref": "#/components/schemas/A"}
    schemas = {
        "A": {"type": "object", "properties": {"a": {}}},
        "B": {**reference, **dict.fromkeys(only_tell, True)},
        "C": {**reference, "properties": {}, "minLength": 1, "default": None},
    }

    assert told(lint_support.what_the_generator_would_drop, api(components={"schemas": schemas})) == {
        f"#/components/schemas/C/{name}": f"`{name}` {BESIDE}" for name in ("properties", "minLength", "default")
    }


def test_properties_beside_alternatives_would_be_lost(api: Api, told: Told) -> None:
    """Beside parts they are merged with them, unless the only part is a reference."""
    reference = {"$ref": "#/components/schemas/Z"}
    parts: dict[str, Any] = {
        "A": {"anyOf": [{}, {}]},
        "B": {"oneOf": [{}]},
        "C": {"allOf": [reference]},
        "D": {"allOf": [{}], "anyOf": [{}]},
        "E": {"allOf": [reference, reference]},
        "F": {"allOf": [{"type": "object"}]},
        "G": {"allOf": [{**reference, "title": "G"}]},
        "H": {"allOf": []},
        "Z": {},
    }
    schemas = {name: {**part, "properties": {"p": {}}} for name, part in parts.items()}

    assert told(lint_support.what_the_generator_would_drop, api(components={"schemas": schemas})) == {
        f"#/components/schemas/{name}/properties": UNION for name in "ABCD"
    }


def test_names_of_generated_code_are_refused(api: Api, told: Told) -> None:
    """However they are written; a parameter and a field have names of their own to keep away from."""
    wrong = ["cookies", "Headers", "PARAMS", "quote"]
    names = [*wrong, "cls", "header", "x-quote"]
    fields = ["cast", "Cls", "parse-datetime", "Parse.  Datetime"]
    components = {
        "parameters": {name: {"name": name, "in": "query", "schema": {}} for name in names},
        "schemas": {"S": {"properties": {field: {} for field in [*fields, "params", "typecast", "parsedatetime"]}}},
        "examples": {"E": {"value": {"properties": {"cast": 1}}}},
    }

    assert told(lint_support.names_of_generated_code, api(components=components)) == {
        **{
            f"#/components/parameters/{name}/name": f"a parameter `{name}` would break the generated function"
            for name in wrong
        },
        **{
            f"#/components/schemas/S/properties/{name}": f"a property `{name}` would break the generated model"
            for name in fields
        },
    }
