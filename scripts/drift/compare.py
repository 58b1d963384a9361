"""What differs between the fragment and upstream: a pure function of two descriptions."""

from collections.abc import Iterator
from typing import Literal

import attrs

from .model import Endpoint, Field, Parameter, Place, Type, objects


@attrs.frozen
class Difference:
    """One line of the report, with what is needed to write it into the fragment."""

    what: Literal["parameter", "field", "known value"]
    name: str
    change: Literal["added", "gone", "changed"]
    fragment: str  # what the fragment says
    upstream: str  # what upstream says
    place: Place  # in the fragment; of what is added: what it belongs after
    additive: bool = False  # can be written without breaking a caller
    owner: Type | None = attrs.field(default=None, eq=False, repr=False)  # the fragment's type that it is in
    whole: Type | None = attrs.field(default=None, eq=False, repr=False)  # upstream's twin of that type
    new: Field | Parameter | None = attrs.field(default=None, eq=False, repr=False)
    operation: tuple[str, ...] = attrs.field(default=(), eq=False, repr=False)


def compare(fragment: Endpoint, upstream: Endpoint) -> list[Difference]:
    """All differences, in the order of the fragment's lines."""
    found = [*_parameters(fragment, upstream), *_types(fragment.answer, upstream.answer, fragment.answer.name)]
    known = {known.name for known in objects(fragment.answer)}  # a new field may be of a type that is there already
    found = [
        one
        for one in found
        if one.new or (one.what, one.change) != ("field", "added") or one.name.split(".")[0] not in known
    ]
    return sorted(dict.fromkeys(found), key=lambda difference: difference.place.line)


def _same(old: Parameter, new: Parameter) -> bool:
    """By the name on the wire; where upstream does not tell it, by the end of the component's name."""
    if new.name:
        return new.name.lower() == old.name.lower()
    return f"_{old.alias}".endswith(f"_{new.alias}")


def _parameters(fragment: Endpoint, upstream: Endpoint) -> Iterator[Difference]:
    last = fragment.answer.place or Place("", 1)
    for old in fragment.parameters:
        place = last = old.place or last
        new = next((parameter for parameter in upstream.parameters if _same(old, parameter)), None)
        if new is None:
            yield from _client_header(old, upstream, place)
            continue
        twin = attrs.evolve(new, location=new.location or old.location, type=old.type)
        if new.only_variant:
            why = f"gone from the method; only its beta form ({new.place}) takes it"
            yield Difference("parameter", old.name, "gone", _stated(old), why, place)
        elif _stated(old) != _stated(twin):
            yield Difference("parameter", old.name, "changed", _stated(old), _stated(twin), place)
        yield from _types(old.type, new.type, old.name, "parameter", place)
    for new in upstream.parameters:
        if not new.only_variant and not any(_same(old, new) for old in fragment.parameters):
            simple = new.type.kind in ("string", "integer", "number", "boolean")
            additive = not new.required and bool(new.name) and simple
            at = ("paths", fragment.path, fragment.method)
            name = new.name or new.alias
            yield Difference("parameter", name, "added", "", _stated(new), last, additive, new=new, operation=at)


def _stated(parameter: Parameter) -> str:
    return " ".join(filter(None, ["required" if parameter.required else "optional", parameter.location])) + (
        f", {parameter.type}" if not parameter.type.values and not parameter.type.items else ""
    )


def _client_header(old: Parameter, upstream: Endpoint, place: Place) -> Iterator[Difference]:
    """A parameter that the method does not list may be one that the client sends with every request."""
    if upstream.client_headers is None and old.default:
        return
    default = {name.lower(): value for name, value in (upstream.client_headers or {}).items()}.get(old.name.lower())
    if default is None:
        yield Difference("parameter", old.name, "gone", _stated(old), "", place)
    elif default != old.default:
        yield Difference("parameter", old.name, "changed", f"default {old.default}", f"default {default}", place)


def _types(
    old: Type, new: Type, name: str, what: Literal["parameter", "field"] = "field", place: Place | None = None
) -> Iterator[Difference]:
    here = place or old.place or Place("", 1)
    plain = (attrs.evolve(old, nullable=False), attrs.evolve(new, nullable=False))
    same_kind = old.kind == new.kind and old.format == new.format
    both_known = same_kind and bool(old.values) and bool(new.values) and not (old.is_constant and plain[0] != plain[1])
    nested = same_kind and (both_known or old.kind in ("object", "array", "map"))
    if old.nullable != new.nullable or not (nested or plain[0] == plain[1]):
        yield Difference(what, name, "changed", str(old), str(new), here)
    if both_known:
        at = old.place or here
        if what == "parameter" and old.is_open != new.is_open:  # a closed set in an answer is read as an open one
            ours, theirs = ("any string" if one.is_open else "known values only" for one in (old, new))
            yield Difference(what, name, "changed", ours, theirs, here)
        for value in old.values:
            if value not in new.values:
                yield Difference("known value", name, "gone", value, "", at)
        for value in new.values:
            if value not in old.values:
                yield Difference("known value", name, "added", "", value, at, additive=True, owner=old)
    elif same_kind and old.kind == "object":
        yield from _fields(old, new)
    elif same_kind and old.items and new.items:
        yield from _types(old.items, new.items, name, what, place)


def _fields(old: Type, new: Type) -> Iterator[Difference]:
    theirs = {field.name: field for field in new.fields}
    ours = {field.name: field for field in old.fields}
    for field in old.fields:
        name, place = f"{old.name}.{field.name}", field.place
        if field.name not in theirs:
            alike = [other.name for other in new.fields if other.name not in ours and other.type == field.type]
            renamed = f"perhaps now {', '.join(alike)}" if alike else ""
            yield Difference("field", name, "gone", str(field.type), renamed, place or Place("", 1))
            continue
        twin = theirs[field.name]
        if field.required and twin.required is False:  # the other way round, the fragment only promises less
            yield Difference("field", name, "changed", "always there", "may be missing", place or Place("", 1))
        yield from _types(field.type, twin.type, name, place=place)
    before = old.place or Place("", 1)
    for field in new.fields:
        if field.name in ours:
            before = ours[field.name].place or before
            continue
        yield Difference(
            "field", f"{old.name}.{field.name}", "added", "", str(field.type), before, True, old, whole=new, new=field
        )
        for nested in objects(field.type):
            for inner in nested.fields:
                name = f"{nested.name}.{inner.name}"
                yield Difference("field", name, "added", "", str(inner.type), before, True)
