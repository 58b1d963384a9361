"""A generated package as its callers know it: plain data, made by `package.py`, compared by `compare.py`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from codegen.report.annotations import UNSET, Atom, Type

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
    """Where a parameter stands in the request: `header anthropic-beta`."""
    limits: Mapping[str, Any] = field(default_factory=dict, compare=False)
    """What a parameter has to be besides its type, by keyword of the document."""

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
    """A module of one operation of the API. Its functions differ only in how they wait and what they wrap."""

    name: str
    module: str
    function: Function
    names: frozenset[str]
    method: str
    path: str
    answers: Mapping[str, frozenset[str]]
    """Documented statuses, each with the names that parsing its answer takes."""
    security: frozenset[str] = frozenset()

    @property
    def request(self) -> tuple[str, str]:
        """Method and path, without the names of its parameters."""
        return self.method, self.path


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
    servers: tuple[str, ...] = ()
