"""Marks for arguments: "not given" where None has a meaning of its own, and "leave this out"."""

from __future__ import annotations

from typing import Final, Literal


class NotGiven:
    """The type of `not_given`: the caller said nothing, so the client's own setting holds."""

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "NOT_GIVEN"

    def __reduce__(self) -> str:
        return "not_given"


class Omit:
    """Leaves out what would be sent otherwise: `extra_headers={"Authorization": Omit()}`, or `betas=omit`."""

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "OMIT"


not_given: Final = NotGiven()
NOT_GIVEN: Final = not_given
omit: Final = Omit()
