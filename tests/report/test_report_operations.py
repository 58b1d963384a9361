"""Changes of operations, and of the modules that all operations share."""

from cases import each

GET = "client.things.get"
# A parameter whose name in the client's method differs from its name in the function.
SENT = {
    "function": "id: str, *, page_size: int = 5",
    "method": "id: str, *, size: int = 1",
    "names": {"page_size": "size"},
}
SIX = "id: str, *, page_size: int = 6"
OTHER = {"function": "id: str, *, length: int = 5", "method": SENT["method"], "names": {"length": "size"}}
REQUIRED = {
    "function": "id: str, *, page_size: int",
    "method": "id: str, *, length: int",
    "names": {"page_size": "length"},
}
ERROR = {"error": "class Error:\n    code: int"}
RANGES = {"errors": {"4XX": "Fault", "default": "Fault"}}
GONE, ADDED = "is no longer documented", "is documented"
TYPES = "class {}: ...\nclass Operation:\n    parse: int\nclass Parameter: ...\n_hidden = 1\nLIMIT: int = 5"


def module(client: str = "class Client: ...", **others: str) -> dict[str, dict[str, str]]:
    """Modules that all operations share."""
    return {"files": {"client": client, **others}}


def close(params: str = "", returns: str = "None") -> dict[str, dict[str, str]]:
    """A client whose method `close` has these parameters and this return type."""
    return module(f"class Client:\n    timeout: int = 1\n    def close(self{params}) -> {returns}: ...")


@each(
    ("old", "new", "lines"),
    [
        ({}, {"request": "get /v2/{id}"}, [f"breaking  {GET}(): GET /things/{{id}} is now GET /v2/{{id}}"]),
        ({}, {"request": "put /things/{id}"}, [f"breaking  {GET}(): GET /things/{{id}} is now PUT /things/{{id}}"]),
        ({}, {"success": "201"}, [f"breaking  {GET}(): status 200 {GONE}", f"additive  {GET}(): status 201 {ADDED}"]),
        ({}, RANGES, [f"additive  {GET}(): status {it}" for it in (f"404 {GONE}", f"4XX {ADDED}", f"default {ADDED}")]),
        (ERROR, {**ERROR, "errors": {"404": "Error"}}, [f"breaking  {GET}(): status 404 is parsed as Error"]),
        ({}, {"returns": "Thing | list[str]"}, [f"breaking  {GET}(): `Thing` is now `Thing | list[str]`"]),
        ({"returns": "Thing | list[str]"}, {}, [f"breaking  {GET}(): `Thing | list[str]` is now `Thing`"]),
        ({}, {"params": "*, id: str"}, [f"breaking  {GET}(): positional (), was (id)"]),
        ({}, {"params": "kind: str, id: str, *"}, [f"breaking  {GET}(kind): new and required, `str`"]),
        ({}, {"function": "id: str, *, client: Signed"}, ["breaking  get_thing(client=): `Client` is now `Signed`"]),
        (SENT, {**SENT, "function": SIX}, [f"breaking  {GET}(size=): default `6`, was `5`"]),
        (SENT, REQUIRED, [
            f"breaking  {GET}(length=): new and required, `int`",
            f"breaking  {GET}(size=): removed",
            "breaking  get_thing(page_size=): required now",
        ]),
        (SENT, OTHER, [
            f"breaking  {GET}(size=): query page_size is now query length",
            "breaking  get_thing(page_size=): removed",
            "additive  get_thing(length=): new and optional, `int`",
        ]),
        ({}, {"package": "renamed"}, ["breaking  renamed: renamed from `package`"]),
        (
            {"request": "get /things/{a}", "params": "a: str, *", "operation": "get_a"},
            {"request": "get /things/{b}", "params": "b: str, *", "operation": "get_b"},
            [
                f"breaking  {GET}(a): removed",
                f"breaking  {GET}(b): new and required, `str`",
                "breaking  get_b(): renamed from `get_a`",
            ],
        ),
        (close(), module(), ["breaking  Client.close: removed", "breaking  Client.timeout: removed"]),
        (close(), close(", grace: float"), ["breaking  Client.close(grace): new and required, `float`"]),
        (close(), close("", "Thing | None"), ["breaking  Client.close(): `None` is now `Thing | None`"]),
        (
            close(", x, /, *more: int, y=2, **rest: int"),
            close(", x: int, /, *, y: int = 2"),
            ["breaking  Client.close(x): `Any` is now `int`", "breaking  Client.close(y=): `Any` is now `int`"],
        ),
        (
            module(types=TYPES.format("Unset"), errors="class Gone(Exception): ..."),
            module(types=TYPES.format("NotGiven")),
            ["breaking  errors.Gone: removed", "breaking  types.Unset: removed", "additive  types.NotGiven: new"],
        ),
        (module(), module(types="class Operation:\n    parse: int\nclass Parameter: ...\n_hidden = 1"), []),
        ({}, {"thing": 'class Thing:\n    """One."""\n    name: str'}, []),
        (module(errors="raise SystemExit('imported')"), module(), []),
    ],
)  # fmt: skip
def test_a_change_of_an_operation_or_a_shared_module(old, new, lines, small, compared):
    """Changes are listed under the client's name; a function is listed only for changes that its method lacks."""
    assert [line.split("; ")[0] for line in compared(small(**old), small(**new))] == lines


def test_a_removed_operation_is_one_line(small, compared):
    """The operation and its tag have the client's names; an operation of another path is not its new name."""
    old, new = small(), small()
    for name, content in small(operation="list_other", request="get /others").items():
        path = name.replace("api/things", "api/others")
        new[path] = (content or b"").replace(b"def get", b"def list")
    new["package/openapi.yaml"] = old["package/openapi.yaml"]

    assert compared(new, old) == [
        "breaking  client.others: removed; code that uses it fails",
        "breaking  client.others.list(): removed; code that uses it fails",
    ]


def test_a_removed_function_is_listed(small, compared):
    """The functions of an operation are compared by name; private functions and classes are not compared."""
    old = small()
    old["package/api/things/get_thing.py"] += b"def sync(): ...\ndef _parse(): ...\nclass Options: ..."  # type: ignore[operator]

    assert compared(old, small()) == ["breaking  get_thing.sync: removed; code that uses it fails"]
