"""What differs between the fragment and upstream: a pure function of two descriptions."""

import re
from collections.abc import Iterator
from typing import Literal

import attrs
from codegen.document import Pointer

from .model import PLAIN_TEXT, Endpoint, Field, Parameter, Place, Type, walk
from .schemas import why_not

TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # a value that is valid in a comma-separated header


@attrs.frozen
class Difference:
    """One line of the report, with what is needed to write it into the fragment."""

    what: Literal["endpoint", "credential", "parameter", "field", "known value"]
    name: str
    change: Literal["added", "missing", "changed", "narrowed", "not compared"]
    fragment: str  # what the fragment says
    upstream: str  # what upstream says
    place: Place = attrs.field(eq=False)  # in the fragment; of an addition: the place that it follows
    note: str = attrs.field(default="", eq=False)  # why it is left for a person
    new: Field | Parameter | str | float | None = attrs.field(default=None, eq=False)
    into: Pointer = ()  # the object or list of the fragment that an addition belongs in
    after: tuple[str, ...] = attrs.field(default=(), eq=False)  # the fields that a field follows
    state: Literal["written", "decided", "undecided", "not_compared"] = attrs.field(default="undecided", eq=False)

    @property
    def additive(self) -> bool:
        """Whether it can be written without breaking a caller."""
        return self.change == "added" and not self.note


def compare(fragment: Endpoint, upstream: Endpoint) -> list[Difference]:
    """All differences, in the order of the fragment's lines."""
    endpoint = f"{fragment.method.upper()} {fragment.path}"
    found = [Difference("endpoint", endpoint, "not compared", "", text, fragment.place) for text in upstream.unclear]
    found += [*_credentials(fragment, upstream), *_parameters(fragment, upstream)]
    found += _types(
        fragment.response, upstream.response, fragment.response.name, fragment.response.place or fragment.place
    )
    known = {part.name for part in walk(fragment.response)}  # a new field may have an existing type
    stated = {f"{kind.name}.{field.name}" for kind in walk(fragment.response) for field in kind.fields}
    for variant in upstream.variants:
        note = f"only in the response of {variant.place.file}"
        for one in _types(upstream.response, variant.response, upstream.response.name, fragment.place):
            if one.name not in stated and (one.new or one.change not in ("added", "not compared")):
                theirs = f"{one.upstream}, {note}".removeprefix(", ")
                found.append(attrs.evolve(one, place=fragment.place, note=note, upstream=theirs))
    found = [one for one in found if one.new or one.change != "added" or one.name.split(".")[0] not in known]
    return sorted(dict.fromkeys(found), key=lambda difference: difference.place.line)


def _credentials(fragment: Endpoint, upstream: Endpoint) -> Iterator[Difference]:
    ours, theirs = fragment.credentials, upstream.credentials
    if ours is None or theirs is None:
        return
    for name in sorted(ours.keys() - theirs.keys()):
        yield Difference("credential", name, "missing", "sent", f"sent as {', '.join(sorted(theirs))}", ours[name])
    note = "a person has to decide whether to send it"
    for name in sorted(theirs.keys() - ours.keys()):
        yield Difference("credential", name, "added", "", "sent", fragment.place, note)


def _same(old: Parameter, new: Parameter) -> bool:
    """Whether the names on the wire are the same or, if upstream does not state it, the names of the arguments."""
    return new.name.lower() == old.name.lower() if new.name else new.alias == old.alias


def _parameters(fragment: Endpoint, upstream: Endpoint) -> Iterator[Difference]:
    if upstream.parameters is None:
        return
    last, ours = fragment.place, fragment.parameters or ()
    for old in ours:
        last = old.place
        new = next((new for new in upstream.parameters if _same(old, new)), None)
        if new is None:
            yield from _elsewhere(old, upstream)
            continue
        twin = attrs.evolve(new, location=new.location or old.location, type=old.type)
        if _stated(old) != _stated(twin):
            yield Difference("parameter", old.name, "changed", _stated(old), _stated(twin), last)
        yield from _types(old.type, new.type, old.name, last, "parameter")
    forms = [(upstream, ""), *((variant, f"only {variant.place.file} accepts it") for variant in upstream.variants)]
    into = ("paths", fragment.path, fragment.method, "parameters")
    for form, note in forms:
        for new in form.parameters or ():
            if not any(_same(other, new) for other in (*ours, *(upstream.parameters if note else ()))):
                name = new.name or new.alias
                called = f"argument {new.alias}" if new.alias != name else ""
                theirs = ", ".join(filter(None, (_stated(new), called, note)))
                yield Difference("parameter", name, "added", "", theirs, last, note or _why_not(new), new, into)


def _why_not(new: Parameter) -> str:
    if new.required or not new.name:
        return "calls without it would fail" if new.required else "its name on the wire is not known"
    return "" if new.type.kind in ("string", "integer", "number", "boolean") else "not a scalar"


def _stated(parameter: Parameter) -> str:
    text = f"{'required' if parameter.required else 'optional'} {parameter.location}".strip()
    return text if parameter.type.values or parameter.type.items else f"{text}, {parameter.type}"


def _elsewhere(old: Parameter, upstream: Endpoint) -> Iterator[Difference]:
    """A parameter that the method does not accept: the client may send it, or another form of the method accept it."""
    if upstream.client_headers is None and old.default:
        return
    default = {name.lower(): value for name, value in (upstream.client_headers or {}).items()}.get(old.name.lower())
    if default is None:
        others = [
            (form.place.file, new) for form in upstream.variants for new in form.parameters or () if _same(old, new)
        ]
        why = f"only {others[0][0]} accepts it" if others else ""
        yield Difference("parameter", old.name, "missing", _stated(old), why, old.place)
        for _, new in others[:1]:
            yield from _types(old.type, new.type, old.name, old.place, "parameter")
    elif default != old.default:
        yield Difference("parameter", old.name, "changed", f"default {old.default}", f"default {default}", old.place)


def _types(
    old: Type, new: Type, name: str, place: Place, what: Literal["parameter", "field"] = "field"
) -> Iterator[Difference]:
    if "unclear" in (old.kind, new.kind):
        yield Difference(what, name, "not compared", str(old), str(new), place)
        return
    plain = (attrs.evolve(old, nullable=False), attrs.evolve(new, nullable=False))
    same_kind = old.kind == new.kind and old.format == new.format
    both_known = same_kind and bool(old.values) and bool(new.values) and not (old.is_constant and plain[0] != plain[1])
    nested = both_known or (same_kind and old.kind in ("object", "array", "map"))
    if old.nullable != new.nullable or not (nested or plain[0] == plain[1]):
        narrows = _narrows(old, new)
        note = "older responses would become errors" * narrows
        yield Difference(what, name, "narrowed" if narrows else "changed", str(old), str(new), place, note)
    if both_known:
        yield from _values(old, new, name, place, what)
    elif same_kind and old.kind == "object":
        yield from _fields(old, new)
    elif same_kind and old.items and new.items:
        yield from _types(old.items, new.items, name, place, what)


def _narrows(old: Type, new: Type) -> bool:
    """Whether upstream's type is narrower than the fragment's, so that writing it would reject older responses."""
    of_kind = old.kind in ("any", new.kind) or (old.kind, new.kind) == ("number", "integer")
    fewer = old.kind != new.kind or bool(new.values) > bool(old.values)
    return (of_kind and fewer) or new == attrs.evolve(old, nullable=False)


def _values(old: Type, new: Type, name: str, place: Place, what: Literal["parameter", "field"]) -> Iterator[Difference]:
    form, kind = (TOKEN, "a header token") if what == "parameter" else (PLAIN_TEXT, "plain text")
    if what == "parameter" and old.is_open != new.is_open:  # in a response, a closed set is read as an open one
        one, other = ("any string" if known.is_open else "known values only" for known in (old, new))
        yield Difference(what, name, "changed" if new.is_open else "narrowed", one, other, place)
    place, into = old.place or place, (*old.pointer, "enum")
    for value in old.values:
        if value not in new.values:
            yield Difference("known value", name, "missing", str(value), "", place)
    for value in new.values:
        if value not in old.values:
            note = "" if form.fullmatch(str(value)) else f"not {kind}"
            yield Difference("known value", name, "added", "", str(value), place, note, value, into)


def _fields(old: Type, new: Type) -> Iterator[Difference]:
    theirs = {field.name: field for field in new.fields}
    ours = {field.name: field for field in old.fields}
    for field in old.fields:
        name, place, twin = f"{old.name}.{field.name}", field.place, theirs.get(field.name)
        if twin is None:
            alike = [other.name for other in new.fields if other.name not in ours and other.type == field.type]
            renamed = f"perhaps renamed to {', '.join(alike)}" if alike else ""
            yield Difference("field", name, "missing", str(field.type), renamed, place)
            continue
        is_null = twin.type.nullable or (field.type.nullable and not field.required)  # null is read as missing
        yield from _types(field.type, attrs.evolve(twin.type, nullable=is_null), name, place)
    place, into = old.place or Place("", 1), (*old.pointer, "properties")
    for number, field in enumerate(new.fields):
        if field.name in ours:
            place = ours[field.name].place
            continue
        note, after, kind = why_not(field), tuple(theirs)[:number], str(field.type)
        yield Difference("field", f"{old.name}.{field.name}", "added", "", kind, place, note, field, into, after)
        for nested in walk(field.type):
            for inner in nested.fields:
                yield Difference("field", f"{nested.name}.{inner.name}", "added", "", str(inner.type), place, note)
