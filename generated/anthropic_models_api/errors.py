# Generated from openapi/models.yaml by openapi-python-client 0.29.1: do not edit, run `make regenerate`.

"""The errors that this package raises."""

from typing import Self


class UnexpectedStatus(Exception):
    """The document does not declare the status of a response. Raised if `Client.raise_on_unexpected_status` is set."""

    def __init__(self, status_code: int, content: bytes) -> None:
        super().__init__(status_code, content)
        self.status_code: int = status_code
        self.content: bytes = content

    def __str__(self) -> str:
        text = self.content.decode(errors="ignore")
        return f"Unexpected status code: {self.status_code}\n\nResponse content:\n{text}"


class MismatchError(ValueError):
    """A value does not match its annotation.

    Attributes:
        problem: A description of the mismatch.
        path: Its location, such as `data[0].id`; empty for the whole value.
    """

    def __init__(self, problem: str, path: str = "") -> None:
        super().__init__(problem, path)
        self.problem: str = problem
        self.path: str = path

    def __str__(self) -> str:
        return f"{self.path or 'the body'}: {self.problem}"

    def inside(self, step: str) -> Self:
        """Return this error with `step` in front of its path."""
        joint = "" if self.path[:1] in ("", "[") else "."
        return type(self)(self.problem, f"{step}{joint}{self.path}")


class BoundsError(MismatchError):
    """A value has the right type, but is outside the bounds of its annotation."""


class MissingError(MismatchError, KeyError):
    """A required field is missing."""


__all__ = ["BoundsError", "MismatchError", "MissingError", "UnexpectedStatus"]
