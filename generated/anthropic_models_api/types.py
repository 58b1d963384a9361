# Generated from openapi/models.yaml by openapi-python-client 0.29.1: do not edit, run `make regenerate`.

"""Shared by the generated modules: the base class of the models, reading JSON by annotations, responses, date-times."""

import copy
import datetime
import functools
import json
import math
import re
import sys
import types
import typing
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING, Annotated, Any, Final, Generic, Literal, NoReturn, Protocol, Self, TypeGuard, TypeVar

import attrs

from .errors import BoundsError, MismatchError, MissingError


class Unset:
    """The type of the sentinel `UNSET`, which is false."""

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"

    def __reduce__(self) -> str:
        return "UNSET"  # a name: copies and pickles return the same object


UNSET: Final[Any] = Unset()
"""As an argument: the parameter is not sent. As the default of a field: the field is optional."""

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])


@attrs.define
class Response(Generic[T]):
    """A response, with its parsed body if the document describes one for its status."""

    status_code: int
    content: bytes
    headers: MutableMapping[str, str]
    parsed: T | None


T_co = TypeVar("T_co", covariant=True)


class SequenceNotStr(Protocol[T_co]):
    """A list, a tuple or a set, but not a string: the `__contains__` of a string accepts only strings."""

    def __contains__(self, value: object, /) -> bool: ...

    def __iter__(self) -> Iterator[T_co]: ...


@attrs.frozen
class Parameter:
    """A parameter of an operation.

    Attributes:
        argument: The name of the argument of the client's method.
        name: The name of the argument of `build_request`.
        place: Its location in the request.
        wire_name: Its name in the request.
        annotation: The type of the argument of the client's method.
        is_joined: Whether that is a list, which `build_request` accepts as one comma-separated string.
    """

    argument: str
    name: str
    place: Literal["path", "query", "header"]
    wire_name: str
    annotation: Any
    is_joined: bool = attrs.field(kw_only=True)


@attrs.frozen
class Operation(Generic[T]):
    """An operation: how to build its request and parse its response.

    Attributes:
        build_request: Accepts the parameters; returns the keyword arguments of `httpx.Client.request`.
        parse_success: Accepts a status and decoded JSON; returns the result.
        successes: For each successful response, the lowest and the highest status, and the type of its body.
        parameters: The parameters.
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
    """Parse an RFC 3339 date-time; returns an aware datetime. Raises ValueError if it is not one.

    Digits beyond microseconds are dropped. A leap second becomes the second after it.
    """
    if isinstance(value, datetime.datetime) and value.tzinfo is not None:
        return value
    match = DATE_TIME.fullmatch(str(value))
    if match is None:
        raise ValueError(f"not an RFC 3339 date-time: {str(value)[:64]!r}")
    text = match[0]
    if match["leap"] is None:
        return datetime.datetime.fromisoformat(text.upper())
    start = match.start("leap")
    before = datetime.datetime.fromisoformat(f"{text[:start]}59{text[start + 2 :]}".upper())
    try:
        after = before.replace(microsecond=0) + datetime.timedelta(seconds=1)
        is_leap = after.astimezone(datetime.timezone.utc).time() == datetime.time(0)
    except OverflowError as error:
        raise ValueError(f"beyond the calendar: {text[:64]!r}") from error
    if not is_leap:
        raise ValueError(f"a leap second only ends a day of UTC: {text[:64]!r}")
    return after


def format_datetime(value: datetime.datetime) -> str:
    """Format as RFC 3339, with `Z` for UTC."""
    text = value.isoformat()
    return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text


class Model:
    """The base class of the models. A model is read-only, and equal to another with the same fields.

    A missing field reads as its default, or as `None` if it has none. Unknown fields, which the document does not
    declare, are in `additional_properties`, and can be read as attributes. Iterating gives pairs of name and value, so
    `dict(model)` works.
    """

    _request_id: str | None = None
    """The `request-id` header of the response, if a client has set it. It is not a field."""

    def __attrs_post_init__(self) -> None:
        for name in [name for name, value in self.__dict__.items() if value is UNSET]:
            del self.__dict__[name]

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Create a model from a JSON object. Raises `MismatchError`, a ValueError, if a field is missing or invalid."""
        if not _is_object(src_dict):
            _fail("an object", src_dict)
        fields, further = _fields(cls)
        arguments: dict[str, Any] = {}
        for wire_name, (argument, is_required, reader) in fields.items():
            if wire_name in src_dict:
                try:
                    arguments[argument] = reader(src_dict[wire_name])
                except MismatchError as error:
                    raise error.inside(wire_name)
            elif is_required:
                raise MissingError("missing", wire_name)
            else:
                arguments[argument] = UNSET
        rest = {name: value for name, value in src_dict.items() if name not in fields}
        if further is not None:
            arguments["additional_properties"] = {name: _read_inside(name, further, rest[name]) for name in rest}
        elif rest:
            raise MismatchError("no such field", next(iter(rest)))
        return cls(**arguments)

    def to_dict(
        self,
        *,
        mode: Literal["python", "json"] = "python",
        use_api_names: bool = True,
        exclude_unset: bool = True,
        exclude_defaults: bool = False,
        exclude_none: bool = False,
    ) -> dict[str, Any]:
        """Return the fields as a dictionary, unknown fields last.

        Args:
            mode: "python" returns date-times as `datetime` objects, "json" as strings that `json.dumps` accepts.
            use_api_names: Use the names in the JSON, not those in Python.
            exclude_unset: Omit the fields that are missing.
            exclude_defaults: Omit the fields whose value is their default.
            exclude_none: Omit the fields that are `None`.
        """
        options = {"mode": mode, "use_api_names": use_api_names, "exclude_unset": exclude_unset}
        options |= {"exclude_defaults": exclude_defaults, "exclude_none": exclude_none}
        known = _known(type(self))
        values: dict[str, Any] = {}
        for name, value in self:
            field = known.get(name)
            is_unset = field is not None and name not in self.__dict__
            is_default = field is not None and field.default is not attrs.NOTHING and value == _default(field)
            if (
                not (is_unset and exclude_unset)
                and not (is_default and exclude_defaults)
                and not (value is None and exclude_none)
            ):
                key = field.metadata.get("wire_name", name) if field and use_api_names else name
                values[key] = _plain(value, options)
        return values

    def to_json(
        self,
        *,
        indent: int | None = 2,
        use_api_names: bool = True,
        exclude_unset: bool = True,
        exclude_defaults: bool = False,
        exclude_none: bool = False,
    ) -> str:
        """Return the fields as JSON, indented by `indent` spaces, or compact if it is None. See `to_dict`."""
        value = self.to_dict(
            mode="json",
            use_api_names=use_api_names,
            exclude_unset=exclude_unset,
            exclude_defaults=exclude_defaults,
            exclude_none=exclude_none,
        )
        separators = (",", ":") if indent is None else None
        return json.dumps(value, indent=indent, separators=separators, ensure_ascii=False)

    @property
    def additional_keys(self) -> list[str]:
        """The names of the fields that the document does not declare."""
        return list(self._unknown())

    def _unknown(self) -> Mapping[str, Any]:
        unknown: Mapping[str, Any] = self.__dict__.get("additional_properties", {})
        return unknown

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        for name in _known(type(self)):
            yield name, getattr(self, name)
        yield from self._unknown().items()

    def __getitem__(self, key: str) -> Any:
        return self._unknown()[key]

    def __contains__(self, key: str) -> bool:
        return key in self._unknown()

    def __repr__(self) -> str:
        known = {name: self.__dict__[name] for name in _known(type(self)) if name in self.__dict__}
        inside = ", ".join(f"{name}={value!r}" for name, value in {**known, **self._unknown()}.items())
        return f"{type(self).__name__}({inside})"

    def __hash__(self) -> int:
        return hash((type(self), frozenset((name, _hashable(value)) for name, value in self)))

    if not TYPE_CHECKING:  # a type checker should still find misspelt names

        def __getattr__(self, name: str) -> Any:
            field = _known(type(self)).get(name)
            if field is not None:
                return _default(field)
            if name in self._unknown():
                return self._unknown()[name]
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")


def _cached(function: F) -> F:
    return typing.cast("F", functools.cache(function))  # keeps the signature, for type checkers


@_cached
def _known(model: Any) -> dict[str, Any]:
    """The attrs attributes of the fields that the document declares, by their Python names."""
    fields = attrs.fields(model)
    return {field.name: field for field in fields if field.name != "additional_properties"}


def no_fields() -> dict[str, Any]:
    """The default of `additional_properties`."""
    return {}


def _is_object(value: object) -> TypeGuard[Mapping[str, Any]]:
    return isinstance(value, Mapping)


def _is_array(value: object) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


def _default(field: Any) -> Any:
    return None if field.default is UNSET else field.default


def _plain(value: Any, options: dict[str, Any]) -> Any:
    if isinstance(value, Model):
        return value.to_dict(**options)
    if _is_object(value):
        return {name: _plain(item, options) for name, item in value.items()}
    if _is_array(value):
        return [_plain(item, options) for item in value]
    if options["mode"] == "python" or value is None or isinstance(value, (str, int, float)):
        return copy.copy(value)
    if isinstance(value, datetime.datetime):
        return format_datetime(value)
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def _hashable(value: Any) -> Any:
    if _is_object(value):
        return frozenset((name, _hashable(item)) for name, item in value.items())
    return tuple(map(_hashable, value)) if _is_array(value) else value


Reader = Callable[[Any], Any]


class Bounds:
    """The bounds of a value, as keywords of JSON Schema: `Bounds(minimum=1)`."""

    def __init__(self, **bounds: Any) -> None:
        self._bounds = tuple(bounds.items())

    def __repr__(self) -> str:
        return ", ".join(f"{name} {bound}" for name, bound in self._bounds)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Bounds) and self._bounds == other._bounds

    def __hash__(self) -> int:
        return hash(self._bounds)

    def allow(self, value: Any) -> bool:
        """Whether a value, which must have the right type, is within the bounds."""
        return all(_ALLOWS[name](value, bound) for name, bound in self._bounds)


_ALLOWS: dict[str, Callable[[Any, Any], bool]] = {
    "maximum": lambda value, bound: value <= bound,
    "minimum": lambda value, bound: value >= bound,
    "exclusiveMaximum": lambda value, bound: value < bound,
    "exclusiveMinimum": lambda value, bound: value > bound,
    "multipleOf": lambda value, bound: math.isclose(value / bound, round(value / bound)),
    "maxLength": lambda value, bound: len(value) <= bound,
    "minLength": lambda value, bound: len(value) >= bound,
    "pattern": lambda value, bound: re.search(bound, value) is not None,
    "maxItems": lambda value, bound: len(value) <= bound,
    "minItems": lambda value, bound: len(value) >= bound,
    "uniqueItems": lambda value, _: all(value.index(item) == place for place, item in enumerate(value)),
}


def read(value: object, annotation: Any) -> Any:
    """Convert JSON data to the type of an annotation in this package. Raises `MismatchError` if it does not match.

    As in JSON Schema, `3.0` is an integer. If several models match, the result is the one that declares most of the
    fields.
    """
    return _reader(annotation)(value)


@_cached
def _fields(model: Any) -> tuple[dict[str, tuple[str, bool, Reader]], Reader | None]:
    """For each field, by its name in the JSON: its argument, whether it is required, and its reader.

    Also returns the reader of unknown fields, or None if they are not allowed.
    """
    from . import models

    names = {**vars(models), **vars(sys.modules[model.__module__])}
    hints = typing.get_type_hints(model, names, {}, include_extras=True)
    fields: dict[str, tuple[str, bool, Reader]] = {}
    for name, field in _known(model).items():
        hint = hints[name]
        if field.default is UNSET and not field.metadata.get("is_nullable"):  # None means missing, not null
            hint = typing.Union[tuple(each for each in typing.get_args(hint) if each is not type(None))]
        fields[field.metadata.get("wire_name", name)] = (field.alias, field.default is attrs.NOTHING, _reader(hint))
    further = hints.get("additional_properties")
    return fields, _reader(typing.get_args(further)[1]) if further else None


@_cached
def _reader(annotation: Any) -> Reader:
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (typing.Union, types.UnionType):
        return functools.partial(_read_union, [_reader(each) for each in sorted(arguments, key=_is_general)])
    if origin is Annotated:
        return functools.partial(_read_bounded, _reader(arguments[0]), arguments[1])
    if origin is Literal:
        return functools.partial(_read_literal, [(type(each), each) for each in arguments])
    if origin is list:
        return functools.partial(_read_list, _reader(arguments[0]))
    if isinstance(annotation, type) and issubclass(annotation, Model):
        reader: Reader = annotation.from_dict  # reads its fields later, because models may refer to each other
        return reader
    return _READERS[annotation] if annotation in _READERS else functools.partial(_read_uuid, annotation)


def _is_general(annotation: Any) -> bool:
    return annotation in (str, Any)  # tried last, because a date is a string too


def _fail(expected: str, value: object, kind: type[MismatchError] = MismatchError) -> NoReturn:
    shown = repr(value) if isinstance(value, (str, int, float, bool, type(None))) else type(value).__name__
    raise kind(f"expected {expected}, got {shown:.100}")


def _read_inside(step: str, reader: Reader, value: Any) -> Any:
    try:
        return reader(value)
    except MismatchError as error:
        raise error.inside(step)


def _read_union(readers: list[Reader], value: Any) -> Any:
    problems: list[MismatchError] = []
    found: list[Model] = []
    for reader in readers:
        try:
            result = reader(value)
        except MismatchError as problem:
            problems.append(problem)
        else:
            if not isinstance(result, Model):
                return result
            found.append(result)
    if not found:
        raise max(problems, key=lambda problem: (len(problem.path), isinstance(problem, BoundsError)))  # the closest
    return min(found, key=lambda model: len(model.additional_keys))


def _read_literal(known: list[tuple[type, object]], value: Any) -> Any:
    value = _whole(value)
    if not isinstance(value, (str, int)) or (type(value), value) not in known:
        _fail(" or ".join(repr(each) for _, each in known), value)
    return value


def _read_bounded(reader: Reader, bounds: Bounds, value: Any) -> Any:
    result = reader(value)
    return result if bounds.allow(result) else _fail(repr(bounds), value, BoundsError)


def _read_list(reader: Reader, value: Any) -> Any:
    if not _is_array(value):
        _fail("an array", value)
    return [_read_inside(f"[{position}]", reader, item) for position, item in enumerate(value)]


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _read_integer(value: Any) -> Any:
    number = _whole(value)
    return number if isinstance(number, int) and not isinstance(number, bool) else _fail("an integer", value)


def _read_number(value: Any) -> Any:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool) and -math.inf < value < math.inf
    return value if is_number else _fail("a number", value)


def _plain_reader(kind: type, expected: str) -> Reader:
    return lambda value: value if isinstance(value, kind) else _fail(expected, value)


def _text_reader(parse: Callable[[Any], object], expected: str) -> Reader:
    def read_text(value: Any) -> Any:
        try:
            return parse(value)
        except (TypeError, ValueError):
            _fail(expected, value)

    return read_text


def _read_uuid(kind: type, value: Any) -> Any:
    if isinstance(value, kind):
        return value
    is_written_out = isinstance(value, str) and re.fullmatch(
        r"[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}", value, re.A | re.I
    )
    return kind(value) if is_written_out else _fail("a UUID", value)


def _parse_date(text: str | datetime.date) -> datetime.date:
    if type(text) is datetime.date:
        return text
    if not isinstance(text, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        raise ValueError(text)
    return datetime.date.fromisoformat(text)


_READERS: dict[Any, Reader] = {
    Any: lambda value: value,
    str: _plain_reader(str, "a string"),
    int: _read_integer,
    float: _read_number,
    bool: _plain_reader(bool, "true or false"),
    type(None): _plain_reader(type(None), "null"),
    datetime.datetime: _text_reader(parse_datetime, "an RFC 3339 date-time"),
    datetime.date: _text_reader(_parse_date, "an RFC 3339 date"),
}

__all__ = [
    "UNSET",
    "Bounds",
    "Model",
    "Operation",
    "Parameter",
    "Response",
    "SequenceNotStr",
    "Unset",
    "format_datetime",
    "no_fields",
    "parse_datetime",
    "read",
]
