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
            {"verb": "post"},
            "get_thing(): GET /things/{id} is now POST /things/{id}; "
            "the same call is sent elsewhere, which mocks and proxies notice",
        ),
        ({"success": "201"}, "get_thing(): status 200 is no longer documented; such an answer is no longer parsed"),
        (
            {"returns": "Thing | list[str]"},
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
    """It is a status more that is documented, and a class more."""
    lines = compared(small(), small(errors={"404": "Fault", "422": "Error"}, error="class Error:\n    code: int"))

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
    assert compared(small(), small(operation="get_other", url="/others/{id}")) == [
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


@each("status", ["4XX", "default"])
def test_many_statuses_may_be_documented_at_once(status: str, small: Small, compared: Compared) -> None:
    """A range is one status; so is an answer to all others."""
    assert compared(small(), small(errors={"404": "Fault", status: "Fault"})) == [
        f"additive  get_thing(): status {status} is documented; it could come before, and is parsed now"
    ]


def test_an_answer_that_gives_less_breaks(small: Small, compared: Compared) -> None:
    """What came before is no answer any more."""
    assert compared(small(returns="Thing | list[str]"), small()) == [
        "breaking  get_thing(): `Thing | list[str]` is now `Thing`; answers that were right are refused"
    ]
