"""One operation as it is read: its function, the method of the client, and what the document says of both."""

import ast

from codegen.report import operations, wire
from codegen.report.annotations import Reader, show
from codegen.report.model import Operation

MODULE = """
class Options: ...
def build_request(page_size): ...
def parse_success(status_code: int, data: Any) -> Old: ...
def _parse_response(client, response): ...
def sync_detailed(id: str, *, page_size: int = 5, client: Client) -> Response[Fault | Old]: ...
def sync(id: str): ...
"""
METHOD = "def get(self, id: str, *, size: int | Unset = UNSET, timeout: float = 1) -> Old: ..."
STATED = wire.Operation(
    "GET /things/{id}",
    {"200": frozenset({"Old"}), "404": frozenset({"Fault"})},
    parameters={"pagesize": wire.Parameter("query page-size", {"minimum": 1}, "size")},
)


def read(source: str = MODULE, method: str = METHOD) -> Operation:
    """The operation of a module with this source, at `api.things.get_thing`, and with this method."""
    node = ast.parse(method).body[0]
    assert isinstance(node, ast.FunctionDef)
    path, document = ("api", "things", "get_thing"), wire.Document(operations={"getthing": STATED})
    return operations.read(path, ast.parse(source), Reader({}, {"Old": "New"}), document, ("client.things.get", node))


def test_an_operation_has_the_functions_of_its_module() -> None:
    """What the client is put together from, and what is no function, is none of them."""
    found = read()

    assert (found.name, found.module, found.names) == ("get_thing", "api.things.get_thing", {"sync", "sync_detailed"})
    assert list(found.function.slots) == ["id", "page_size", "client"]
    assert read("").names == frozenset()


def test_a_success_is_what_parsing_one_gives() -> None:
    """Errors are no part of it; a module that does not say it is not known."""
    assert show(read().function.returns) == "New"
    assert read("def sync_detailed() -> Old: ...").function.returns == frozenset()


def test_a_method_sends_what_the_function_sends() -> None:
    """Under the name that callers give it: its place, its limits, and what is sent if it is left out."""
    found = read()
    assert found.method is not None
    size = found.method.slots["size"]

    assert (found.label, list(found.method.slots)) == ("client.things.get", ["id", "size", "timeout"])
    assert (size.location, size.limits, size.default, show(size.given)) == (
        "query page-size",
        {"minimum": 1},
        "5",
        "int",
    )
    assert found.method.slots["timeout"].default == "1"
    assert found.method.slots["id"].default is None


def test_the_document_says_what_is_requested_and_answered() -> None:
    """Two paths are the same place if only the names of their parameters differ; classes go by their new names."""
    found = read()

    assert (found.request, found.place) == ("GET /things/{id}", "GET /things/{}")
    assert found.answers == {"200": {"New"}, "404": {"Fault"}}
