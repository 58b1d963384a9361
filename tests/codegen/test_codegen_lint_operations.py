"""What the lint says of operations: their names, their paths, and the declared ways in."""

from collections.abc import Callable
from typing import Any

from codegen import lint_operations

Api = Callable[..., Any]
Told = Callable[[Any, Any], dict[str, str]]


def path(name: str) -> Any:
    """A path parameter."""
    return {"name": name, "in": "path", "required": True, "schema": {}}


def query(name: str) -> Any:
    """A query parameter."""
    return {"name": name, "in": "query", "schema": {}}


def test_every_operation_needs_a_name_of_its_own(api: Api, told: Told) -> None:
    """Names that differ in capitals and signs alone make the same module; the first of them is named."""
    paths = {
        "/a": {"get": {"operationId": "get_one"}, "put": {}, "post": {"operationId": "getOne2"}},
        "/b": {"get": {"operationId": "Get-One"}, "delete": {"operationId": "GET.ONE"}},
        "/c": {"get": {"operationId": "other"}, "put": {"operationId": "getone"}},
    }
    items = {"Shared": {"patch": {}}}

    assert told(lint_operations.operation_ids, api(paths, components={"pathItems": items})) == {
        "#/paths/~1a/put": "PUT /a has no operationId: it names the generated function",
        "#/paths/~1b/get/operationId": "operationId `Get-One` is taken already, by `get_one`",
        "#/paths/~1b/delete/operationId": "operationId `GET.ONE` is taken already, by `get_one`",
        "#/paths/~1c/put/operationId": "operationId `getone` is taken already, by `get_one`",
        "#/components/pathItems/Shared/patch": "PATCH Shared has no operationId: it names the generated function",
    }


def test_a_path_and_its_parameters_agree(api: Api, told: Told) -> None:
    """What is missing stands at the path, with what was probably meant; what is too much, at the parameter."""
    paths = {
        "/{thing}/{part}": {
            "parameters": [path("thing"), path("other")],
            "get": {"parameters": [path("prt"), query("q")]},
        },
        "/{a}{b}/c": {"put": {"parameters": [{"$ref": "#/components/parameters/A"}]}},
        "/good/{x}": {"parameters": [path("x")], "get": {}, "put": {"parameters": [query("x")]}},
    }

    assert told(lint_operations.path_parameters, api(paths, components={"parameters": {"A": path("a")}})) == {
        "#/paths/~1{thing}~1{part}": "`{part}` is no declared path parameter: did you mean `prt`?",
        "#/paths/~1{thing}~1{part}/parameters/1": (
            "path parameter `other` does not stand in the path `/{thing}/{part}`"
        ),
        "#/paths/~1{thing}~1{part}/get/parameters/0": (
            "path parameter `prt` does not stand in the path `/{thing}/{part}`"
        ),
        "#/paths/~1{a}{b}~1c": "`{b}` is no declared path parameter",
    }


def test_a_parameter_is_declared_once(api: Api, told: Told) -> None:
    """The second of two with the same place and name is told; another place makes another parameter."""
    header = {"name": "q", "in": "header", "schema": {}}
    shared = [query("q"), query("shared")]
    paths = {
        "/": {
            "parameters": shared,
            "get": {"parameters": [{"$ref": "#/no"}, query("q"), header, query("r"), query("q"), header]},
        }
    }

    assert told(lint_operations.path_parameters, api(paths)) == {
        "#/paths/~1/get/parameters/4": "query parameter `q` is declared twice",
        "#/paths/~1/get/parameters/5": "header parameter `q` is declared twice",
    }


def test_paths_that_are_no_paths_of_the_api_are_left_alone(api: Api, told: Told) -> None:
    """Shared path items and webhooks have names, not paths; references to nothing are told by another rule."""
    item = {"get": {"parameters": [path("x"), {"$ref": "#/nowhere"}]}}
    data = api({"/{x}": item}, webhooks={"{y}": item}, components={"pathItems": {"{z}": item}})

    assert told(lint_operations.path_parameters, data) == {}


def test_security_names_what_is_declared(api: Api, told: Told) -> None:
    """At the document and at an operation; where nothing is declared, no name is right."""
    operation = {"security": [{}, {"Key": []}, {"Kye": [], "Odd": []}]}
    schemes = {"Key": {"type": "apiKey", "in": "header", "name": "k"}}
    found = {
        name: told(lint_operations.security_schemes, api({"/": {"get": operation}}, security=[{"Kez": []}], **more))
        for name, more in {
            "declared": {"components": {"securitySchemes": schemes}},
            "others": {"components": {}},
            "none": {},
        }.items()
    }
    plain = {
        "#/paths/~1/get/security/1/Key": "`Key` is no declared security scheme",
        "#/paths/~1/get/security/2/Kye": "`Kye` is no declared security scheme",
        "#/paths/~1/get/security/2/Odd": "`Odd` is no declared security scheme",
        "#/security/0/Kez": "`Kez` is no declared security scheme",
    }

    assert found == {
        "declared": {
            "#/paths/~1/get/security/2/Kye": "`Kye` is no declared security scheme: did you mean `Key`?",
            "#/paths/~1/get/security/2/Odd": "`Odd` is no declared security scheme",
            "#/security/0/Kez": "`Kez` is no declared security scheme: did you mean `Key`?",
        },
        "others": plain,
        "none": plain,
    }
