"""Operations by the names that callers of the client know, and what users of the functions alone see besides."""

from collections.abc import Callable

from cases import each

Files = dict[str, bytes | None]
Small = Callable[..., Files]
Compared = Callable[..., list[str]]

FUNCTION = {"arguments": "id: str, *, client: Client, page_size: int = 5", "names": {"page_size": "size"}}
METHOD = "id: str, *, size: int | Unset = UNSET"


@each(
    ("function", "method", "names", "lines"),
    [
        (
            "id: str, *, client: Client, page_size: int = 6",
            METHOD,
            {"page_size": "size"},
            [
                "breaking  client.things.get(size=): default `6`, was `5`; calls that leave it out mean something else",
            ],
        ),
        (
            "id: str, *, client: Client, page_size: int",
            "id: str, *, size: int",
            {"page_size": "size"},
            ["breaking  client.things.get(size=): required now; calls that leave it out fail"],
        ),
        (
            "id: str, *, client: Signed, page_size: int = 5",
            METHOD,
            {"page_size": "size"},
            ["breaking  get_thing(client=): `Client` is now `Signed`; calls that give it `Client` are refused"],
        ),
        (
            "id: str, *, client: Client, page_size: int = 5",
            "id: str, *, page_size: int | Unset = UNSET",
            {},
            [
                "breaking  client.things.get(size=): removed; calls that give it fail",
                "additive  client.things.get(page_size=): new and optional, `int`; calls without it are still right",
            ],
        ),
        (
            "id: str, *, client: Client, page_size: int",
            "id: str, *, length: int",
            {"page_size": "length"},
            [
                "breaking  client.things.get(length=): new and required, `int`; calls without it fail",
                "breaking  client.things.get(size=): removed; calls that give it fail",
                "breaking  get_thing(page_size=): required now; calls that leave it out fail",
            ],
        ),
        (
            "id: str, *, client: Client, length: int = 5",
            METHOD,
            {"length": "size"},
            [
                "breaking  client.things.get(size=): query page_size is now query length; "
                "the same call is sent differently, which mocks and proxies notice",
                "breaking  get_thing(page_size=): removed; calls that give it fail",
                "additive  get_thing(length=): new and optional, `int`; calls without it are still right",
            ],
        ),
        (
            "id: str, *, client: Client, page_size: str = 5",
            "id: str, *, size: int | str | Unset = UNSET",
            {"page_size": "size"},
            [
                "breaking  get_thing(page_size=): `int` is now `str`; calls that give it `int` are refused",
                "additive  client.things.get(size=): `int` is now `int | str`; what calls give it now is still right",
            ],
        ),
    ],
)
def test_a_parameter_is_called_what_callers_of_the_client_call_it(
    function: str, method: str, names: dict[str, str], lines: list[str], small: Small, compared: Compared
) -> None:
    """The functions are listed for what breaks or comes only there, and not for the same again."""
    new = small(arguments=function, method=method, names=names)

    assert compared(small(**FUNCTION, method=METHOD), new) == lines


def test_an_answer_that_changes_is_listed_once(small: Small, compared: Compared) -> None:
    """For the client; the functions, the asynchronous client and the twins for responses give the same."""
    old, new = (small(**FUNCTION, method=METHOD, returns=kind) for kind in ("Thing", "Thing | list[str]"))

    assert compared(old, new) == [
        "breaking  client.things.get(): `Thing` is now `Thing | list[str]`; "
        "code written for the old one does not expect `list[str]`"
    ]


def test_known_values_that_only_the_method_takes(small: Small, compared: Compared) -> None:
    """One less is refused, if the method takes no other string."""
    method = "id: str, *, states: SequenceNotStr[State]"
    old, new = (small(method=method, state=f"State = Literal[{values}]") for values in ("'on', 'off'", "'on'"))

    assert compared(old, new) == ["breaking  State: loses 'off'; calls that give it are refused"]


def test_a_package_from_before_the_client_was_generated(small: Small, compared: Compared) -> None:
    """What callers wrote then is not known: the functions are compared."""
    old, new = small(**FUNCTION), small(**{**FUNCTION, "arguments": "id: str, *, client: Client"}, method="id: str")

    assert compared(old, new) == ["breaking  get_thing(page_size=): removed; calls that give it fail"]


def test_operations_and_tags_come_and_go(small: Small, compared: Compared) -> None:
    """An operation is one line, under the name that callers of the client know; so is a tag."""
    old, new = small(method="id: str"), small(method="id: str")
    for name, content in small(method="self, id: str", operation="list_other", url="/others").items():
        path = name.replace("api/things", "api/others")
        new[path] = (content or b"").replace(b"get_thing.OP", b"list_other.OP").replace(b"def get", b"def list")
    new["package/openapi.yaml"] = old["package/openapi.yaml"]

    assert compared(old, new) == [
        "additive  client.others: new; nothing that was there is touched",
        "additive  client.others.list(): new; nothing that was there is touched",
    ]
    assert compared(new, old) == [
        "breaking  client.others: removed; code that names it fails",
        "breaking  client.others.list(): removed; calls to it fail",
    ]


def test_what_the_client_is_put_together_from_is_no_news(small: Small, compared: Compared) -> None:
    """Its parts have public names, which are for the client alone."""
    types = "class {0}: ...\nclass Operation:\n    parse: int\nclass Parameter:\n    name: str\n__all__ = [{1}]"
    old, new = small(), small(more="\nOPERATION = Operation(build_request, parse_success)\nclass Options: ...")
    old["package/types.py"] = types.format("Unset", "'Unset'").encode()
    new["package/types.py"] = types.format("Unset", "'Unset', 'Operation', 'Parameter'").encode()

    assert compared(old, new) == []
    assert compared(new, old) == []


DOCUMENT = """
paths:
  /things/{{id}}: {{ get: {{ operationId: {0}, security: [{{}}] }} }}
  /things/{{name}}: {{ get: {{ operationId: {1}, security: [] }} }}
"""


def package(small: Small, first: str, second: str) -> Files:
    """A package with two operations at one place, which only the names of their parameters tell apart."""
    files = small(operation=first, arguments="id: str", document=DOCUMENT.format(first, second))
    (source,) = (small(operation=second, arguments="name: str")[f"package/api/things/{second}.py"],)
    return {**files, f"package/api/things/{second}.py": source}


def test_two_operations_at_one_place_are_not_taken_for_each_other(small: Small, compared: Compared) -> None:
    """A path is known by the names of its parameters first, whatever the operations are called."""
    old = package(small, "get_a", "get_b")

    assert compared(old, old) == []
    assert compared(old, package(small, "get_z", "get_y")) == [
        "breaking  get_y(): renamed from `get_b`; imports of the old name fail",
        "breaking  get_z(): renamed from `get_a`; imports of the old name fail",
    ]


def test_the_name_of_a_parameter_in_the_path_is_not_sent(small: Small, compared: Compared) -> None:
    """An operation that is renamed along with it is still the same."""
    old, new = (small(url=f"/things/{{{name}}}", arguments=f"{name}: str", operation=f"get_{name}") for name in "ab")

    assert compared(old, new) == [
        "breaking  get_b(): renamed from `get_a`; imports of the old name fail",
        "breaking  get_b(a): removed; calls that give it fail",
        "breaking  get_b(b): new and required, `str`; calls without it fail",
    ]
