"""Sentinels for arguments: "not given", when None has a meaning of its own, and "omit"."""

from __future__ import annotations

from typing import Final

from anthropic_models_api.types import Unset


class NotGiven(Unset):
    """The type of `not_given`: the argument was not given, so the client's setting applies."""

    def __repr__(self) -> str:
        return "NOT_GIVEN"

    def __reduce__(self) -> str:
        return "not_given"


class Omit(Unset):
    """Omits what would otherwise be sent: `extra_headers={"Authorization": Omit()}`, or `betas=omit`."""

    def __repr__(self) -> str:
        return "OMIT"

    def __reduce__(self) -> tuple[type[Omit], tuple[()]]:  # type: ignore[override]  # all instances are equivalent
        return Omit, ()


not_given: Final = NotGiven()
NOT_GIVEN: Final = not_given
omit: Final = Omit()
