"""Checks a JSON value against the declared types of a generated model, before the model is made of it.

The generated parsers take wrong scalars as they are. Here every field is held to its annotation, whatever
the fields are, and the first that does not fit is named.
"""

from __future__ import annotations

import datetime
import functools
import re
import sys
import types
import typing
from collections.abc import Callable
from typing import Any

import attrs
from anthropic_models_api import models
from anthropic_models_api.types import Model, Unset, parse_datetime

Check = Callable[[object, str], None]

_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_SCALARS: dict[object, tuple[tuple[type, ...], str]] = {
    str: ((str,), "a string"),
    int: ((int,), "an integer"),
    float: ((int, float), "a number"),
    bool: ((bool,), "true or false"),
    type(None): ((type(None),), "null"),
}


_CHECKS: dict[type[Model], Check] = {}


class MismatchError(ValueError):
    """A value is not what its declaration says."""


def check(value: object, hint: Any, path: str = "") -> None:
    """Raise `MismatchError`, naming the field, if a JSON value cannot become what the annotation says."""
    _cached(hint)(value, path)


def check_argument(name: str, value: object, hint: Any) -> None:
    """Raise TypeError if an argument is not what its annotation says."""
    if isinstance(hint, type) and hint not in _SCALARS:
        fits = isinstance(value, hint)
        problem = f"`{name}` must be a {hint.__name__}, not {type(value).__name__}"
    else:
        try:
            check(value, hint, f"`{name}`")
            return
        except MismatchError as error:
            fits, problem = False, str(error)
    if not fits:
        raise TypeError(problem)


@functools.lru_cache(maxsize=256)
def _cached(hint: Any) -> Check:
    return _of(hint)


def _fail(value: object, path: str, expected: str) -> typing.NoReturn:
    shown = repr(value) if isinstance(value, (str, int, float, bool, type(None))) else type(value).__name__
    raise MismatchError(f"{path or 'the body'}: expected {expected}, got {shown:.100}")


def _model(model: type[Model]) -> Check:
    if model not in _CHECKS:
        _CHECKS[model] = _made(model)
    return _CHECKS[model]


def _made(model: type[Model]) -> Check:
    hints = typing.get_type_hints(model, localns=vars(models))
    fields: list[tuple[str, bool, Check]] = []
    extra: Check | None = None
    for field in attrs.fields(typing.cast("Any", model)):
        if field.name == "additional_properties":
            extra = _of(typing.get_args(hints[field.name])[1])
        else:
            required = Unset not in typing.get_args(hints[field.name])
            fields.append((field.metadata.get("wire_name", field.name), required, _of(hints[field.name])))
    known = {name for name, _, _ in fields}

    def check_model(value: object, path: str) -> None:
        if not isinstance(value, dict):
            _fail(value, path, "an object")
        for name, required, check_field in fields:
            if name in value:
                check_field(value[name], f"{path}.{name}" if path else name)
            elif required:
                raise MismatchError(f"{path}.{name}: missing" if path else f"{name}: missing")
        if extra is not None and extra is not _anything:
            for name in value.keys() - known:
                extra(value[name], f"{path}.{name}" if path else name)

    return check_model


def _of(hint: Any) -> Check:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if hint in _SCALARS:
        return _scalar(*_SCALARS[hint])
    if origin is typing.Literal:
        return _literal(arguments)
    if origin in (typing.Union, types.UnionType):
        return _union([each for each in arguments if each is not Unset])
    if origin is list:
        return _list(_of(arguments[0]))
    if isinstance(hint, type) and issubclass(hint, Model):
        return lambda value, path: _model(hint)(value, path)  # later: models may hold each other
    return _TEXTS.get(hint) or _uuid_of(hint)


def _anything(value: object, path: str) -> None:
    """Any JSON value."""


def _scalar(kinds: tuple[type, ...], expected: str) -> Check:
    def check_scalar(value: object, path: str) -> None:
        if type(value) not in kinds:  # not isinstance: true is no integer
            _fail(value, path, expected)

    return check_scalar


def _literal(values: tuple[object, ...]) -> Check:
    allowed = frozenset((type(value), value) for value in values)

    def check_literal(value: object, path: str) -> None:
        if not isinstance(value, (str, int)) or (type(value), value) not in allowed:
            _fail(value, path, " or ".join(map(repr, values)))

    return check_literal


def _union(hints: list[Any]) -> Check:
    if len(hints) == 1:
        return _of(hints[0])
    options = [_of(hint) for hint in hints]

    def check_union(value: object, path: str) -> None:
        problems: list[MismatchError] = []
        for option in options:
            try:
                return option(value, path)
            except MismatchError as problem:
                problems.append(problem)
        raise max(problems, key=lambda problem: str(problem).index(": "))  # the one that got deepest

    return check_union


def _list(check_item: Check) -> Check:
    def check_list(value: object, path: str) -> None:
        if not isinstance(value, list):
            _fail(value, path, "an array")
        for position, item in enumerate(value):
            check_item(item, f"{path}[{position}]")

    return check_list


def _text(parse: Callable[[str], object], expected: str) -> Check:
    def check_text(value: object, path: str) -> None:
        if not isinstance(value, str):
            _fail(value, path, expected)
        try:
            parse(value)
        except ValueError:
            _fail(value, path, expected)

    return check_text


def _parse_date(text: str) -> datetime.date:
    if not _DATE.fullmatch(text):
        raise ValueError(text)
    return datetime.date.fromisoformat(text)


def _uuid_of(hint: object) -> Check:
    uuid_class: Any = getattr(sys.modules.get("uuid"), "UUID", None)  # where nobody has loaded it, no model has one
    return _text(uuid_class, "a UUID") if uuid_class is not None and hint == uuid_class else _anything


_TEXTS: dict[object, Check] = {
    datetime.datetime: _text(parse_datetime, "an RFC 3339 date-time"),
    datetime.date: _text(_parse_date, "an RFC 3339 date"),
}
