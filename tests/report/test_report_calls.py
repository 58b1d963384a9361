"""How an operation may change, and what stands beside the operations."""

from collections.abc import Callable

from cases import each

Small = Callable[..., dict[str, bytes | None]]
Compared = Callable[..., list[str]]


@each(
    ("changed", "line"),
    [
        (
            {"url": "/v2/things/{id}"},
            "get_thing(): GET /things/{id} is now GET /v2/things/{id}; "
            "the same call is sent elsewhere, which mocks and proxies notice",
        ),
        (
            {"method": "post"},
            "get_thing(): GET /things/{id} is now POST /things/{id}; "
            "the same call is sent elsewhere, which mocks and proxies notice",
        ),
        ({"success": "201"}, "get_thing(): status 200 is no longer documented; such an answer is no longer parsed"),
        (
            {"returns": "Fault | Thing | list[str]"},
            "get_thing(): `Thing` is now `Thing | list[str]`; code written for the old one does not expect `list[str]`",
        ),
        (
            {"errors": {"404": "Error"}, "fault": "", "error": "class Error:\n    code: int"},
            "get_thing(): status 404 is parsed into Error; code that reads it expects Fault",
        ),
        (
            {"arguments": "id: str, *, client: Signed"},
            "get_thing(client=): `Client` is now `Signed`; calls that give it `Client` are refused",
        ),
        (
            {"arguments": "*, client: Client, id: str"},
            "get_thing(): positional (), was (id); calls that give them by position fail or mean something else",
        ),
        ({"client": "class Client: ..."}, "Client.close: removed; code that names it fails"),
        (
            {"client": "class Client:\n    def close(self, grace: float) -> None: ..."},
            "Client.close(grace): new and required, `float`; calls without it fail",
        ),
        (
            {"client": "class Client:\n    def close(self) -> 'Client | None': ..."},
            "Client.close(): `None` is now `Client | None`; code written for the old one does not expect `Client`",
        ),
        ({"package": "renamed"}, "renamed: renamed from `package`; imports of the old name fail"),
    ],
)
def test_what_breaks(changed: dict[str, str], line: str, small: Small, compared: Compared) -> None:
    """The change is told by the name that callers use."""
    breaking = [found for found in compared(small(), small(**changed)) if found.startswith("breaking")]

    assert f"breaking  {line}" in breaking


def test_an_error_of_another_form_does_not_change_what_a_success_is(small: Small, compared: Compared) -> None:
    """What only errors are parsed into is no part of the answer's type."""
    error = {"error": "class Error:\n    code: int", "returns": "Error | Fault | Thing"}
    lines = compared(small(), small(errors={"404": "Fault", "422": "Error"}, **error))

    assert lines == [
        "additive  Error: new; nothing that was there is touched",
        "additive  get_thing(): status 422 is documented; it could come before, and is parsed now",
    ]


def test_a_second_function_that_goes_is_told(small: Small, compared: Compared) -> None:
    """The functions of one operation are compared once, their names each."""
    lines = compared(small(more="def sync(): ..."), small())

    assert lines == ["breaking  get_thing.sync: removed; code that names it fails"]


def test_an_operation_that_goes_breaks(small: Small, compared: Compared) -> None:
    """One that sends another request is not taken for the same under a new name."""
    old, new = small(), small(url="/others/{id}")
    new["package/api/things/get_other.py"] = new.pop("package/api/things/get_thing.py")

    assert compared(old, new) == [
        "breaking  get_thing(): removed; calls to it fail",
        "additive  get_other(): new; nothing that was there is touched",
    ]


def test_an_operation_of_another_make_is_still_read(small: Small, compared: Compared) -> None:
    """Where no function has the usual name, the first public one is compared."""
    old, new = small(), small()
    for package, limit in ((old, "int"), (new, "str")):
        source = f"async def fetch(id: str, limit: {limit}, more=None): ..."
        package["package/api/things/get_thing.py"] = source.encode()

    assert compared(old, new) == [
        "breaking  get_thing(limit): `int` is now `str`; calls that give it `int` are refused"
    ]


@each(
    ("test", "status"),
    [("if 400 <= response.status_code <= 499:", "400-499"), ("if isinstance(response, object):", "default")],
)
def test_many_statuses_may_be_documented_at_once(test: str, status: str, small: Small, compared: Compared) -> None:
    """A range is one status; an answer to all others leaves nothing to refuse."""
    old, new = small(), small()
    path = "package/api/things/get_thing.py"
    source = (new[path] or b"").decode()
    new[path] = source.replace("if client.raise_on_unexpected_status:", test).encode()
    if status != "default":
        strict = "\n    if client.raise_on_unexpected_status:\n        raise errors.UnexpectedStatus()"
        new[path] = (new[path] or b"").replace(b"\n    return None", f"{strict}\n    return None".encode())

    assert compared(old, new) == [
        f"additive  get_thing(): status {status} is documented; it could come before, and is parsed now"
    ]


def test_an_answer_that_gives_less_is_additive(small: Small, compared: Compared) -> None:
    """Code that reads more than comes now still works."""
    assert compared(small(returns="Fault | Thing | list[str]"), small()) == [
        "additive  get_thing(): `Thing | list[str]` is now `Thing`; the rest is as it was"
    ]
