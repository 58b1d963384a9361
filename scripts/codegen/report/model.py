"""A generated package as its callers know it: plain data, made by `package.py`, compared by `compare.py`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

from codegen.report import wire
from codegen.report.annotations import UNSET, Atom, Type

LEFT_OUT = "UNSET"
"""The default of an optional parameter or field without another default."""


@dataclass(frozen=True)
class Change:
    """One line of the report. `where` is the name that callers use."""

    kind: Literal["breaking", "additive"]
    where: str
    what: str
    why: str

    def __str__(self) -> str:
        return f"{self.kind}  {self.where}: {self.what}; {self.why}"


breaking, additive = partial(Change, "breaking"), partial(Change, "additive")


@dataclass(frozen=True)
class Slot:
    """A parameter or a field."""

    annotation: Type
    default: str | None  # its source code; None if there is none
    sent: wire.Sent = field(default=wire.Sent(), compare=False)

    @property
    def given(self) -> Type:
        """The type of the values that a caller may pass."""
        return self.annotation - {UNSET}


@dataclass(frozen=True)
class Function:
    """A function or a method."""

    slots: Mapping[str, Slot]
    positional: tuple[str, ...]
    returns: Type


@dataclass(frozen=True)
class Operation:
    """An operation of the API: a module of functions, and a method of the client.

    `function` and `method` represent all variants, which differ only in being asynchronous or returning responses.
    """

    name: str
    module: str
    function: Function
    names: frozenset[str]  # of all functions
    stated: wire.Operation
    label: str  # what callers of the client write: `client.models.retrieve`
    method: Function

    @property
    def request(self) -> str:
        """Method and path; empty if they are not known."""
        return self.stated.request

    @property
    def place(self) -> str:
        """The request without the names of its parameters."""
        return re.sub(r"{[^}]*}", "{}", self.request)


@dataclass(frozen=True)
class Package:
    """The public parts of a package."""

    name: str
    operations: Mapping[str, Operation]
    models: Mapping[str, Mapping[str, Slot]]  # fields by class
    known: Mapping[str, tuple[Atom, ...]]  # known values by the name of their set
    functions: Mapping[str, Function]  # functions and methods that belong to no operation and no model
    names: frozenset[str]  # all names that belong to no operation
    servers: frozenset[str]
    resources: frozenset[str]  # `client.models` and the like
