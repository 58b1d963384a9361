"""The generated module of one operation as it is read: its function, its request and its answers."""

import ast
from typing import Any

from codegen.report import operations, wire
from codegen.report.annotations import Atom, Reader, show
from codegen.report.model import Operation, Slot

REQUEST = """
def _get_kwargs(id):
    other = {"method": "no"}
    _kwargs = {"method": "get", "url": "/a/{id}/b".format(id=quote(str(id)))}
    return _kwargs
"""
ANSWERS = """
def _parse_response(*, client, response):
    if response.status_code == 200:
        return Thing.from_dict(response.json())
    if response.status_code == 404:
        return Fault.from_dict(response.json())
    if 500 <= response.status_code <= 599:
        a = Fault.from_dict(other())
        return Crash.from_dict(Fault, response.json())
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code)
    return None
"""
FUNCTION = "def sync_detailed(id: str, *, page_size: int = 5, client: Client) -> Response[Crash | Fault | Thing]: ..."
MODELS = {"Thing", "Fault", "Crash", "Old"}


def read(source: str, document: wire.Document | None = None, **renames: str) -> Operation:
    """The operation of a module with this source, at `api.things.get_thing`."""
    path, reader = ("api", "things", "get_thing"), Reader({}, renames)
    return operations.read(path, ast.parse(source), reader, MODELS, document or wire.Document())


def test_an_operation_is_read_from_its_module() -> None:
    """Its place, its request, its public names, its answers, and the types of what is given and of a success."""
    found = read(
        f"{REQUEST}{ANSWERS}{FUNCTION}\nasync def asyncio(): ...\nclass Helper: ...\nclass _Hidden: ...\nX = 1"
    )

    assert (found.name, found.module) == ("get_thing", "api.things.get_thing")
    assert (found.method, found.path, found.request) == ("GET", "/a/{id}/b", ("GET", "/a/{id}/b"))
    assert found.names == {"sync_detailed", "asyncio", "Helper"}
    assert found.answers == {"200": {"Thing"}, "404": {"Fault"}, "500-599": {"Fault", "Crash"}}
    assert found.security == frozenset()
    assert found.function.slots == {
        "id": Slot(frozenset({Atom("str")}), None),
        "page_size": Slot(frozenset({Atom("int")}), "5"),
        "client": Slot(frozenset({Atom("Client")}), None),
    }
    assert found.function.positional == ("id",)
    assert show(found.function.returns) == "Thing"


def test_a_request_is_the_first_that_has_a_method_and_an_address() -> None:
    """An address that is put together counts by its text; keys that are no text are passed over."""
    bodies = {
        'return {"method": "post", "url": f"/x/{a}"}': ("POST", "/x/"),
        'return {"method": "post", "url": BASE + "x" + "/y"}': ("POST", "/y"),
        'return {"method": "post", "url": "x"}': ("POST", ""),
        'return {**more, KEY: 1, "url": "/z", "method": "put"}': ("PUT", "/z"),
        'return {"method": METHOD, "url": "/z"}': ("", ""),
        'return {"method": "get"}': ("", ""),
        "return 5": ("", ""),
    }

    assert {body: read(f"def _get_kwargs():\n    {body}").request for body in bodies} == bodies
    assert read(FUNCTION).request == ("", "")


def test_an_answer_to_all_other_statuses_is_one() -> None:
    """Where nothing is refused, `default` is documented, with what the rest is parsed into."""
    head = "def _parse_response(*, client, response):\n    if response.status_code == 200:\n        return Thing()\n"
    rests = {
        "    return Fault()": {"200": {"Thing"}, "default": {"Fault"}},
        "    if response.is_error:\n        return Old()\n    return Fault()": {
            "200": {"Thing"},
            "default": {"New", "Fault"},
        },
        "    raise Odd(client.raise_on_unexpected_status)": {"200": {"Thing"}},
    }

    assert {rest: dict(read(head + rest, Old="New").answers) for rest in rests} == rests
    assert read(FUNCTION).answers == {}
    assert read("class _parse_response: ...").answers == {}


def test_a_success_is_what_is_not_only_an_error() -> None:
    """A model of both stays; the wrapper of a whole answer is taken off, and other generic types stay."""
    head = "def _parse_response(*, client, response):\n"
    good = "    if response.status_code == 201:\n        return Fault()\n"
    module = head + good + "    if response.status_code == 404:\n        return {}()\n"
    function = "def sync_detailed() -> {}: ..."
    returns = {
        ("Fault", "Response[Fault | Thing]"): "Fault | Thing",
        ("Crash", "Response[Crash | Thing]"): "Thing",
        ("Crash", "Response[list[Crash] | list[Thing]]"): "list[Thing]",
        ("Crash", "list[Thing]"): "list[Thing]",
        ("Crash", "Response"): "Response",
        ("Crash", "Thing | None"): "Thing | None",
    }
    found = {
        (error, text): show(read(f"{module.format(error)}    return None\n{function.format(text)}").function.returns)
        for error, text in returns
    }

    assert found == returns
    assert [operations.is_success(status) for status in ("200", "299", "404", "default")] == [
        True,
        True,
        False,
        False,
    ]


def test_the_function_that_counts_is_the_full_one() -> None:
    """Where there is none of its name, the first public one; where there is none at all, nothing is taken or given."""
    modules = {
        "def a(x): ...\ndef sync_detailed(y): ...": ["y"],
        "class A: ...\ndef _b(x): ...\nasync def c(y): ...\ndef d(z): ...": ["y"],
        "class sync_detailed: ...\ndef a(x): ...": [],
        "class A: ...": [],
    }
    found = {source: read(source).function for source in modules}

    assert {source: list(function.slots) for source, function in found.items()} == modules
    assert [show(function.returns) for function in found.values()] == ["Any", "Any", "", ""]
    assert [function.positional for function in found.values()] == [("y",), ("y",), (), ()]


def test_a_function_of_any_make_is_read() -> None:
    """Defaults belong to the last of those by position; `self` and `cls` are nobody's to give."""
    (node,) = ast.parse("def f(self, cls, a, b: int, /, c: str = 1, d=2, *, e: int = 3, g) -> None: ...").body
    assert isinstance(node, ast.FunctionDef)
    found: Any = operations.function(node, Reader({}, {}))

    assert {name: (show(slot.annotation), slot.default) for name, slot in found.slots.items()} == {
        "a": ("Any", None),
        "b": ("int", None),
        "c": ("str", "1"),
        "d": ("Any", "2"),
        "e": ("int", "3"),
        "g": ("Any", None),
    }
    assert found.positional == ("a", "b", "c", "d")
    assert show(found.returns) == "None"
