"""A generated package as its callers know it: plain data, made by `package.py`, compared by `compare.py`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from codegen.report.annotations import UNSET, Atom, Type

LEFT_OUT = "UNSET"
"""The default of what may be left out and has no other."""
Kind = Literal["breaking", "additive"]


@dataclass(frozen=True)
class Change:
    """One line of the report. `where` is the name that callers use."""

    kind: Kind
    where: str
    what: str
    why: str

    def __str__(self) -> str:
        return f"{self.kind}  {self.where}: {self.what}; {self.why}"


@dataclass(frozen=True)
class Slot:
    """A parameter or a field."""

    annotation: Type
    default: str | None
    """As it is written; None where there is none."""
    location: str = field(default="", compare=False)
    """Where it stands on the wire: `header anthropic-beta`, or a field's name there."""
    limits: Mapping[str, Any] = field(default_factory=dict, compare=False)
    """What it has to be besides its type, by keyword of the document."""
    argument: str = field(default="", compare=False)
    """What callers of a resource give a parameter by; empty if that is its name."""

    @property
    def given(self) -> Type:
        """What a caller may pass, leaving it out aside."""
        return self.annotation - {UNSET}


@dataclass(frozen=True)
class Function:
    """A function or a method."""

    slots: Mapping[str, Slot]
    positional: tuple[str, ...]
    returns: Type


@dataclass(frozen=True)
class Operation:
    """An operation of the API: a module of functions, and a method of the client."""

    name: str
    module: str
    function: Function
    """One of the functions; the others differ only in how they wait and what they wrap."""
    names: frozenset[str]
    request: str
    """Method and path, as `GET /v1/models/{model_id}`; empty if they are not known."""
    answers: Mapping[str, frozenset[str]]
    """Documented statuses, each with the classes that its body is made of."""
    security: frozenset[str] = frozenset()
    label: str = ""
    """What callers of the client write: `client.models.retrieve`; else the name of the module."""
    method: Function | None = None
    """The method of the blocking client; its twins differ only in how they wait and what they wrap."""

    @property
    def place(self) -> str:
        """The request without the names of its parameters."""
        return re.sub(r"{[^}]*}", "{}", self.request)


@dataclass(frozen=True)
class Package:
    """All that is public."""

    name: str
    operations: Mapping[str, Operation]
    models: Mapping[str, Mapping[str, Slot]]
    """Fields by class."""
    known: Mapping[str, tuple[Atom, ...]]
    """Known values by the name of their set."""
    functions: Mapping[str, Function]
    """Functions and methods that belong to no operation and no model."""
    names: frozenset[str]
    """Other names that belong to no operation and no model."""
    servers: frozenset[str] = frozenset()
    resources: frozenset[str] = frozenset()
    """`client.models` and its like; empty if the client does not come from the package."""
