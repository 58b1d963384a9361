"""How an operation may change, and what is beside the operations."""

from collections.abc import Callable

from cases import each

Files = dict[str, bytes | None]
Small = Callable[..., Files]
Compared = Callable[..., list[str]]

IN_TYPES = (
    "class {0}: ...\nclass Operation:\n    parse: int\nclass Parameter:\n    name: str\n_hidden = 1\nLIMIT: int = 5"
)
SIZE = {"takes": "id: str, *, size: int = 5"}
FUNCTION = {"function": "id: str, *, client: Client, page_size: int = 5", "names": {"page_size": "size"}}
METHOD = "id: str, *, size: int | Unset = UNSET"
CLIENT = "class Client:\n    timeout: int = 1\n    def close(self{}) -> {}: ..."
GET = "client.things.get"
OLD = "GET /things/{id}"
ELSEWHERE = "the same call is sent elsewhere, which mocks and proxies notice"
OTHERWISE = "the same call is sent differently, which mocks and proxies notice"
ORDER = "calls that give them by position fail or mean something else"
RIGHT = "what calls give it now is still right"
MEANT = "calls that leave it out mean something else"


def client(close: str = "", returns: str = "None") -> dict[str, dict[str, str]]:
    """The client's module, whose `close` takes and returns this."""
    return {"files": {"client": CLIENT.format(close, returns)}}


@each(
    ("old", "new", "lines"),
    [
        ({}, {"request": "get /v2/{id}"}, [f"breaking  {GET}(): {OLD} is now GET /v2/{{id}}; {ELSEWHERE}"]),
        ({}, {"request": "put /things/{id}"}, [f"breaking  {GET}(): {OLD} is now PUT /things/{{id}}; {ELSEWHERE}"]),
        (
            {},
            {"success": "201"},
            [
                f"breaking  {GET}(): status 200 is no longer documented; such an answer is no longer parsed",
                f"additive  {GET}(): status 201 is documented; it could come before, and is parsed now",
            ],
        ),
        (
            {"errors": {"404": "Fault"}},
            {"errors": {"4XX": "Fault", "default": "Fault"}},
            [
                f"additive  {GET}(): status 404 is no longer documented; "
                "the client still raises its error, the generated function gives None for it",
                f"additive  {GET}(): status 4XX is documented; it could come before, and is parsed now",
                f"additive  {GET}(): status default is documented; it could come before, and is parsed now",
            ],
        ),
        (
            {"error": "class Error:\n    code: int"},
            {"error": "class Error:\n    code: int", "errors": {"404": "Error"}},
            [f"breaking  {GET}(): status 404 is parsed into Error; code that reads it expects Fault"],
        ),
        (
            {},
            {"returns": "Thing | list[str]"},
            [
                f"breaking  {GET}(): `Thing` is now `Thing | list[str]`; "
                "code that reads it does not expect `list[str]`",
            ],
        ),
        (
            {"returns": "Thing | list[str]"},
            {},
            [f"breaking  {GET}(): `Thing | list[str]` is now `Thing`; answers that were right are refused"],
        ),
        (
            {},
            {"takes": "*, id: str"},
            [f"breaking  {GET}(): positional (), was (id); {ORDER}"],
        ),
        (
            {},
            {"takes": "kind: str, id: str, *"},
            [f"breaking  {GET}(kind): new and required, `str`; calls without it fail"],
        ),
        (SIZE, {"takes": "id: str, *, size: int = 6"}, [f"breaking  {GET}(size=): default `6`, was `5`; {MEANT}"]),
        (SIZE, {"takes": "id: str, *, size: int"}, [f"breaking  {GET}(size=): required now; calls that leave it out fail"]),
        (SIZE, {}, [f"breaking  {GET}(size=): removed; calls that give it fail"]),
        (
            SIZE,
            {"takes": "id: str, *, size: int | str = 5"},
            [f"additive  {GET}(size=): `int` is now `int | str`; {RIGHT}"],
        ),
        (
            {},
            {"function": "id: str, *, client: Signed"},
            ["breaking  get_thing(client=): `Client` is now `Signed`; calls that give it `Client` are refused"],
        ),
        (
            {**FUNCTION, "method": METHOD},
            {**FUNCTION, "function": FUNCTION["function"].replace("5", "6"), "method": METHOD},
            [f"breaking  {GET}(size=): default `6`, was `5`; {MEANT}"],
        ),
        (
            {**FUNCTION, "method": METHOD},
            {**FUNCTION, "names": {}, "method": METHOD.replace("size", "page_size")},
            [
                f"breaking  {GET}(size=): removed; calls that give it fail",
                f"additive  {GET}(page_size=): new and optional, `int`; calls without it are still right",
            ],
        ),
        (
            {**FUNCTION, "method": METHOD},
            {
                "function": "id: str, *, client: Client, page_size: int",
                "names": {"page_size": "length"},
                "method": "id: str, *, length: int",
            },
            [
                f"breaking  {GET}(length=): new and required, `int`; calls without it fail",
                f"breaking  {GET}(size=): removed; calls that give it fail",
                "breaking  get_thing(page_size=): required now; calls that leave it out fail",
            ],
        ),
        (
            {**FUNCTION, "method": METHOD},
            {"function": "id: str, *, client: Client, length: int = 5", "names": {"length": "size"}, "method": METHOD},
            [
                f"breaking  {GET}(size=): query page_size is now query length; {OTHERWISE}",
                "breaking  get_thing(page_size=): removed; calls that give it fail",
                "additive  get_thing(length=): new and optional, `int`; calls without it are still right",
            ],
        ),
        (
            {},
            {"package": "renamed"},
            ["breaking  renamed: renamed from `package`; imports of the old name fail"],
        ),
        (
            {},
            {"operation": "fetch_thing"},
            ["breaking  fetch_thing(): renamed from `get_thing`; imports of the old name fail"],
        ),
        (
            {"request": "get /things/{a}", "takes": "a: str, *", "operation": "get_a"},
            {"request": "get /things/{b}", "takes": "b: str, *", "operation": "get_b"},
            [
                f"breaking  {GET}(a): removed; calls that give it fail",
                f"breaking  {GET}(b): new and required, `str`; calls without it fail",
                "breaking  get_b(): renamed from `get_a`; imports of the old name fail",
            ],
        ),
        (client(), {"files": {"client": "class Client: ..."}}, [
            "breaking  Client.close: removed; code that names it fails",
            "breaking  Client.timeout: removed; code that names it fails",
        ]),
        (
            client(),
            client(", grace: float"),
            ["breaking  Client.close(grace): new and required, `float`; calls without it fail"],
        ),
        (
            client(),
            client(returns="Thing | None"),
            ["breaking  Client.close(): `None` is now `Thing | None`; code that reads it does not expect `Thing`"],
        ),
        (client(", x, /, *more: int, y=2, **rest: int"), client(", x: int, /, *, y: int = 2"), [
            "breaking  Client.close(x): `Any` is now `int`; calls that give it `Any` are refused",
            "breaking  Client.close(y=): `Any` is now `int`; calls that give it `Any` are refused",
        ]),
        (
            {"files": {"types": IN_TYPES.format("Unset"), "errors": "class Gone(Exception): ..."}},
            {"files": {"types": IN_TYPES.format("NotGiven")}},
            [
                "breaking  errors.Gone: removed; code that names it fails",
                "breaking  types.Unset: removed; code that names it fails",
                "additive  types.NotGiven: new; nothing that was there is touched",
            ],
        ),
        ({}, {"files": {"types": "class Operation:\n    parse: int\nclass Parameter: ...\n_hidden = 1"}}, []),
        ({}, {"thing": 'class Thing:\n    """One."""\n    name: str'}, []),
        ({"files": {"errors": "raise SystemExit('imported')"}}, {}, []),
    ],
)  # fmt: skip
def test_an_operation_or_what_is_beside_it(
    old: dict[str, str], new: dict[str, str], lines: list[str], small: Small, compared: Compared
) -> None:
    """The name is the one that callers of the client use; functions are listed for what happens only there."""
    assert compared(small(**old), small(**new)) == lines


def test_operations_and_tags_come_and_go(small: Small, compared: Compared) -> None:
    """Each is one line, under the name that callers of the client know; another request is another operation."""
    old, new = small(), small()
    for name, content in small(operation="list_other", request="get /others").items():
        path = name.replace("api/things", "api/others")
        new[path] = (content or b"").replace(b"def get", b"def list")
    new["package/openapi.yaml"] = old["package/openapi.yaml"]

    assert compared(old, new) == [
        "additive  client.others: new; nothing that was there is touched",
        "additive  client.others.list(): new; nothing that was there is touched",
    ]
    assert compared(new, old) == [
        "breaking  client.others: removed; code that names it fails",
        "breaking  client.others.list(): removed; code that names it fails",
    ]


def test_a_function_that_goes_is_listed(small: Small, compared: Compared) -> None:
    """The functions of one operation are compared once, their names each; the client's own parts are none of them."""
    old = small()
    old["package/api/things/get_thing.py"] += b"def sync(): ...\ndef _parse(): ...\nclass Options: ..."  # type: ignore[operator]

    assert compared(old, small()) == ["breaking  get_thing.sync: removed; code that names it fails"]


def test_two_operations_at_one_place_are_not_taken_for_each_other(small: Small, compared: Compared) -> None:
    """A path is known by the names of its parameters first, whatever the operations are called."""
    document = (
        "paths:\n  /things/{{a}}: {{ get: {{ operationId: {} }} }}\n  /things/{{b}}: {{ get: {{ operationId: {} }} }}"
    )

    def package(first: str, second: str) -> Files:
        files = small(operation=first, document=document.format(first, second))
        module = "package/api/things/{}.py".format
        other = small(takes="name: str, *", operation=second)
        both = "package/api/things/__init__.py"
        method = b"class Things:\n    def get_other(self, name: str): return " + second.encode() + b".OPERATION\n    "
        resource = (files[both] or b"").replace(b"class Things:\n    ", method, 1)
        return {**files, module(second): other[module(second)], both: resource}

    assert compared(package("get_a", "get_b"), package("get_z", "get_y")) == [
        "breaking  get_y(): renamed from `get_b`; imports of the old name fail",
        "breaking  get_z(): renamed from `get_a`; imports of the old name fail",
    ]
