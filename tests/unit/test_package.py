"""A generated package as it is read: what of its text counts for callers."""

from typing import Any

from codegen.report import package
from codegen.report.annotations import Atom
from codegen.report.model import Package, Slot

STRING, INTEGER = frozenset({Atom("str")}), frozenset({Atom("int")})


def read(files: dict[str, str], renames: Any = None) -> Package:
    """The package with these files."""
    tree = {f"p/{name}": text.encode() for name, text in files.items()}
    found = package.read(tree, "folder", renames or {})
    assert found is not None
    return found


def test_the_package_is_the_folder_that_has_python_in_it() -> None:
    """The first of several; other files beside it, and Python outside of folders, are none."""
    trees: list[Any] = [
        {"b/x.py": b"", "a/deep/x.py": b"", "lock.json": b"", "0/readme.txt": b""},
        {"x.py": b"", "a/x.txt": b""},
        {},
    ]
    found = [package.read(tree, "folder") for tree in trees]

    assert [each and each.name for each in found] == ["a", None, None]


def test_known_values_are_literals_of_the_models() -> None:
    """Elsewhere, or of another form, they are none; both they and classes go by the names they are given."""
    files = {
        "models/s.py": 'S = Literal["a", 1]\nT = str\nU: Any = Literal["u"]\nV = W = Literal["v"]\nclass A: ...',
        "client.py": 'C = Literal["c"]',
    }
    known = (Atom("'a'", base="str"), Atom("1", base="int"))

    assert (read(files).known, list(read(files).models)) == ({"S": known}, ["A"])
    assert (read(files, {"S": "New", "A": "B"}).known, list(read(files, {"A": "B"}).models)) == ({"New": known}, ["B"])


def test_modules_that_serve_all_others_have_names_for_callers() -> None:
    """What they export, or else all that is public, with the methods; names of the package itself are plain."""
    client = """
import os
LIMIT: int = 5
_hidden = 1
class Client:
    timeout: int = 1
    _secret = 2
    def close(self) -> None: ...
    async def aclose(self) -> None: ...
    def __enter__(self): ...
def make(x: int, /, y: str = "a", *more: int, z: str, w=2, **rest: int) -> Client: ...
"""
    found = read(
        {
            "__init__.py": '__all__ = ("Client", "make")\nfrom .client import Client, make\ndef __getattr__(name): ...',
            "client.py": client,
            "types/__init__.py": '__all__ = ["Unset", "one"]\nclass Unset: ...\ndef one(): ...\ndef two(): ...',
            "api/__init__.py": "def no(): ...",
            "models/a.py": "def no(): ...",
        }
    )

    assert found.names == {
        "Client",
        "make",
        "client.LIMIT",
        "client.Client",
        "client.make",
        "Client.timeout",
        "Client.close",
        "Client.aclose",
        "__init__.Unset",
        "__init__.one",
    }
    assert set(found.functions) == {"Client.close", "Client.aclose", "client.make", "__init__.one"}
    assert found.functions["client.make"].slots == {
        "x": Slot(INTEGER, None),
        "y": Slot(STRING, "'a'"),
        "z": Slot(STRING, None),
        "w": Slot(frozenset({Atom("Any")}), "2"),
    }
    assert found.functions["client.make"].positional == ("x", "y")
    assert found.functions["Client.close"].slots == {}
