"""The generated module of one operation as it is read: its function, its request and its answers."""

import ast

from codegen.report import operations, wire
from codegen.report.annotations import Reader, show
from codegen.report.model import Operation

FUNCTION = "def sync_detailed(id: str, *, page_size: int = 5, client: Client) -> Response[Crash | Fault | Thing]: ..."
MODELS = {"Thing", "Fault", "Crash", "Old"}


def read(source: str, **renames: str) -> Operation:
    """The operation of a module with this source, at `api.things.get_thing`."""
    path, reader = ("api", "things", "get_thing"), Reader({}, renames)
    return operations.read(path, ast.parse(source), reader, MODELS, wire.Document())


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
