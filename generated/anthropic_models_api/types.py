# Generated from openapi/models.yaml by openapi-python-client 0.29.1: do not edit, run `make regenerate`.

"""What the generated modules share: the base of the models, responses, date-times, the mark of an absent field."""

import copy
import datetime
import json
import re
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import IO, TYPE_CHECKING, Any, BinaryIO, Final, Generic, Literal, Protocol, TypeVar

import attrs


class Unset:
    """The type of `UNSET`, which is false and the only one of its kind."""

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"

    def __reduce__(self) -> str:
        return "UNSET"  # a name: copies and pickles give this very object back


UNSET: Final[Unset] = Unset()

FileContent = IO[bytes] | bytes | str
FileTypes = tuple[str | None, FileContent, str | None] | tuple[str | None, FileContent, str | None, Mapping[str, str]]
RequestFiles = list[tuple[str, FileTypes]]


@attrs.define
class File:
    """A file to upload."""

    payload: BinaryIO
    file_name: str | None = None
    mime_type: str | None = None

    def to_tuple(self) -> FileTypes:
        """The form in which httpx takes it."""
        return self.file_name, self.payload, self.mime_type


T = TypeVar("T")


@attrs.define
class Response(Generic[T]):
    """An answer: any status, and the parsed body where the document describes one for it."""

    status_code: int
    content: bytes
    headers: MutableMapping[str, str]
    parsed: T | None


T_co = TypeVar("T_co", covariant=True)


class SequenceNotStr(Protocol[T_co]):
    """A list, a tuple or a set, but not a string: that `in` takes strings alone tells them apart."""

    def __contains__(self, value: object, /) -> bool: ...

    def __iter__(self) -> Iterator[T_co]: ...


@attrs.frozen
class Parameter:
    """How an argument becomes part of a request.

    Attributes:
        argument: Its name for callers.
        name: Its name in `build_request`.
        place: Where the request has it.
        wire_name: Its name there.
        annotation: Its type for callers.
        is_joined: Whether it is a list that is sent as one comma-separated value, which `build_request` takes.
    """

    argument: str
    name: str
    place: Literal["path", "query", "header"]
    wire_name: str
    annotation: Any
    is_joined: bool = attrs.field(kw_only=True)


@attrs.frozen
class Operation(Generic[T]):
    """An operation in two halves, neither of which sends anything.

    Attributes:
        build_request: Takes the parameters; gives the keyword arguments of `httpx.Client.request`.
        parse_success: Takes a status and decoded JSON; gives what they stand for.
        successes: The lowest and the highest status of each success, and the type of its body.
        parameters: What a request is built from.
    """

    build_request: Callable[..., dict[str, Any]]
    parse_success: Callable[[int, Any], T]
    successes: tuple[tuple[int, int, Any], ...] = attrs.field(kw_only=True)
    parameters: tuple[Parameter, ...] = attrs.field(kw_only=True)


DATE_TIME: Final = re.compile(
    r"\d{4}-\d\d-\d\d[Tt](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|(?P<leap>60))(?:\.\d+)?"
    r"(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)",
    re.ASCII,
)


def parse_datetime(value: str | datetime.datetime) -> datetime.datetime:
    """An RFC 3339 date-time as an aware datetime; digits beyond microseconds are cut.

    A leap second becomes the second that follows it. Raises ValueError for anything else.
    """
    if isinstance(value, datetime.datetime):
        return value
    match = DATE_TIME.fullmatch(value)
    if match is None:
        raise ValueError(f"not an RFC 3339 date-time: {value[:64]!r}")
    if match["leap"] is None:
        return datetime.datetime.fromisoformat(value.upper())
    start = match.start("leap")
    before = datetime.datetime.fromisoformat(f"{value[:start]}59{value[start + 2 :]}".upper())
    try:
        after = before.replace(microsecond=0) + datetime.timedelta(seconds=1)
        is_leap = after.astimezone(datetime.timezone.utc).time() == datetime.time(0)
    except OverflowError as error:
        raise ValueError(f"beyond the calendar: {value[:64]!r}") from error
    if not is_leap:
        raise ValueError(f"a leap second only ends a day of UTC: {value[:64]!r}")
    return after


def format_datetime(value: datetime.datetime) -> str:
    """RFC 3339, with `Z` for UTC."""
    text = value.isoformat()
    return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text


class Model:
    """What every model is: a read-only value, equal by its fields, that keeps the fields it does not know.

    Fields of the answer that the document does not name are in `additional_properties`, and can be read
    as attributes too.
    """

    additional_properties: Mapping[str, Any]
    _request_id: str | None = None
    """The `request-id` header of the answer, where a client has set it; no part of the value."""

    def to_dict(self, *, mode: Literal["python", "json"] = "python") -> dict[str, Any]:
        """The fields that are set, under their names on the wire, unknown ones last.

        `mode="json"` gives what `json.dumps` takes; `mode="python"` keeps date-times as they are.
        """
        known = {
            field.metadata.get("wire_name", field.name): _plain(getattr(self, field.name), mode)
            for field in attrs.fields(type(self))  # type: ignore[arg-type]  # every subclass is an attrs class
            if field.name != "additional_properties" and getattr(self, field.name) is not UNSET
        }
        return known | {name: _plain(value, mode) for name, value in self._unknown().items()}

    def to_json(self, *, indent: int | None = 2) -> str:
        """The same as JSON text: `indent` spaces deep, or compact where that is None."""
        separators = (",", ":") if indent is None else None
        return json.dumps(self.to_dict(mode="json"), indent=indent, separators=separators, ensure_ascii=False)

    def _unknown(self) -> Mapping[str, Any]:
        unknown: Mapping[str, Any] = self.__dict__.get("additional_properties", {})
        return unknown

    def __repr__(self) -> str:
        values = {
            field.name: getattr(self, field.name)
            for field in attrs.fields(type(self))  # type: ignore[arg-type]  # every subclass is an attrs class
            if field.name != "additional_properties" and getattr(self, field.name) is not UNSET
        }
        inside = ", ".join(f"{name}={value!r}" for name, value in {**values, **self._unknown()}.items())
        return f"{type(self).__name__}({inside})"

    def __hash__(self) -> int:
        values = {name: value for name, value in self.__dict__.items() if name != "_request_id"}
        return hash((type(self), _hashable(values)))

    if not TYPE_CHECKING:  # a type checker should still find misspelt names

        def __getattr__(self, name: str) -> Any:
            if name in self._unknown():
                return self._unknown()[name]
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")


def _plain(value: Any, mode: Literal["python", "json"]) -> Any:
    if isinstance(value, Model):
        return value.to_dict(mode=mode)
    if isinstance(value, Mapping):
        return {name: _plain(item, mode) for name, item in value.items()}
    if isinstance(value, list):
        return [_plain(item, mode) for item in value]
    if mode == "python" or value is None or isinstance(value, (str, int, float)):
        return copy.copy(value)
    if isinstance(value, datetime.datetime):
        return format_datetime(value)
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def _hashable(value: Any) -> Any:
    if isinstance(value, Mapping):
        return frozenset((name, _hashable(item)) for name, item in value.items())
    return tuple(map(_hashable, value)) if isinstance(value, list) else value


__all__ = [
    "UNSET",
    "File",
    "FileTypes",
    "Model",
    "Operation",
    "Parameter",
    "RequestFiles",
    "Response",
    "SequenceNotStr",
    "Unset",
    "format_datetime",
    "parse_datetime",
]
