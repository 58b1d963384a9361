"""What differs between the fragment and upstream: a pure function of two descriptions."""

import re
from collections.abc import Iterator
from typing import Literal

import attrs

from .model import Endpoint, Field, Parameter, Place, Type, walk
from .schemas import PLAIN, why_not

TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # what can stand in a header whose values are joined by commas


@attrs.frozen
class Difference:
    """One line of the report, with what is needed to write it into the fragment."""

    what: Literal["endpoint", "credential", "parameter", "field", "known value"]
    name: str
    change: Literal["added", "gone", "changed", "narrowed", "not compared"]
    fragment: str  # what the fragment says
    upstream: str  # what upstream says
    place: Place = attrs.field(eq=False)  # in the fragment; of what is added: what it belongs after
    note: str = attrs.field(default="", eq=False)  # why it is left for a person
    owner: Type | None = attrs.field(default=None, eq=False, repr=False)  # the fragment's type that it is in
    whole: Type | None = attrs.field(default=None, eq=False, repr=False)  # upstream's twin of that type
    new: Field | Parameter | str | float | None = attrs.field(default=None, eq=False, repr=False)
    operation: tuple[str, ...] = attrs.field(default=(), repr=False)  # the one that gains the parameter

    @property
    def additive(self) -> bool:
        """Whether it can be written without breaking a caller."""
        return self.change == "added" and not self.note


def compare(fragment: Endpoint, upstream: Endpoint) -> list[Difference]:
    """All differences, in the order of the fragment's lines."""
    endpoint = f"{fragment.method.upper()} {fragment.path}"
    found = [Difference("endpoint", endpoint, "not compared", "", text, fragment.place) for text in upstream.unclear]
    found += [*_credentials(fragment, upstream), *_parameters(fragment, upstream)]
    found += _types(fragment.answer, upstream.answer, fragment.answer.name)
    stated = {f"{kind.name}.{field.name}" for kind in walk(fragment.answer) for field in kind.fields}
    for variant in upstream.variants:
        note = f"only in the answer of {variant.place.file}"
        for one in _types(upstream.answer, variant.answer, upstream.answer.name):
            if one.name not in stated and (one.new or one.change not in ("added", "not compared")):
                theirs = f"{one.upstream}, {note}".removeprefix(", ")
                found.append(attrs.evolve(one, place=fragment.place, note=note, upstream=theirs))
    known = {part.name for part in walk(fragment.answer)}  # a new field may be of a type that is there already
    found = [one for one in found if one.new or one.change != "added" or one.name.split(".")[0] not in known]
    return sorted(dict.fromkeys(found), key=lambda difference: difference.place.line)


def _credentials(fragment: Endpoint, upstream: Endpoint) -> Iterator[Difference]:
    ours, theirs = fragment.credentials, upstream.credentials
    if ours is None or theirs is None:
        return
    for name in sorted(ours.keys() - theirs.keys()):
        yield Difference("credential", name, "gone", "sent", f"sent as {', '.join(sorted(theirs))}", ours[name])
    for name in sorted(theirs.keys() - ours.keys()):
        yield Difference(
            "credential", name, "added", "", "sent", fragment.place, "whether to send it is not for a tool"
        )


def _same(old: Parameter, new: Parameter) -> bool:
    """By the name on the wire; where upstream does not tell it, by the end of the component's name."""
    if new.name:
        return new.name.lower() == old.name.lower()
    return f"_{old.alias}".endswith(f"_{new.alias}")


def _parameters(fragment: Endpoint, upstream: Endpoint) -> Iterator[Difference]:
    if upstream.parameters is None:
        return
    last = fragment.place
    ours = fragment.parameters or ()
    for old in ours:
        place = last = old.place
        new = next((parameter for parameter in upstream.parameters if _same(old, parameter)), None)
        if new is None:
            yield from _elsewhere(old, upstream, place)
            continue
        twin = attrs.evolve(new, location=new.location or old.location, type=old.type)
        if _stated(old) != _stated(twin):
            yield Difference("parameter", old.name, "changed", _stated(old), _stated(twin), place)
        yield from _types(old.type, new.type, old.name, "parameter", place)
    forms = [(upstream, ""), *((variant, f"only {variant.place.file} takes it") for variant in upstream.variants)]
    for form, note in forms:
        for new in form.parameters or ():
            if any(_same(other, new) for other in (*ours, *(upstream.parameters if note else ()))):
                continue
            name = new.name or new.alias
            called = f"called {new.alias} by callers" if new.alias != name else ""
            theirs = ", ".join(filter(None, (_stated(new), called, note)))
            at = ("paths", fragment.path, fragment.method)
            yield Difference("parameter", name, "added", "", theirs, last, note or _why_not(new), new=new, operation=at)


def _why_not(new: Parameter) -> str:
    if new.required or not new.name:
        return "calls without it would fail" if new.required else "its name on the wire is not known"
    return "" if new.type.kind in ("string", "integer", "number", "boolean") else "not one plain value"


def _stated(parameter: Parameter) -> str:
    return " ".join(filter(None, ["required" if parameter.required else "optional", parameter.location])) + (
        f", {parameter.type}" if not parameter.type.values and not parameter.type.items else ""
    )


def _elsewhere(old: Parameter, upstream: Endpoint, place: Place) -> Iterator[Difference]:
    """A parameter that the method does not list: the client may send it, or another form of the method take it."""
    if upstream.client_headers is None and old.default:
        return
    default = {name.lower(): value for name, value in (upstream.client_headers or {}).items()}.get(old.name.lower())
    if default is None:
        takers = [(v.place.file, new) for v in upstream.variants for new in v.parameters or () if _same(old, new)]
        why = f"only {takers[0][0]} takes it" if takers else ""
        yield Difference("parameter", old.name, "gone", _stated(old), why, place)
        for _, new in takers[:1]:
            yield from _types(old.type, new.type, old.name, "parameter", place)
    elif default != old.default:
        yield Difference("parameter", old.name, "changed", f"default {old.default}", f"default {default}", place)


def _types(
    old: Type, new: Type, name: str, what: Literal["parameter", "field"] = "field", place: Place | None = None
) -> Iterator[Difference]:
    here = place or old.place or Place("", 1)
    if "unclear" in (old.kind, new.kind):
        yield Difference(what, name, "not compared", str(old), str(new), here)
        return
    plain = (attrs.evolve(old, nullable=False), attrs.evolve(new, nullable=False))
    same_kind = old.kind == new.kind and old.format == new.format
    both_known = same_kind and bool(old.values) and bool(new.values) and not (old.is_constant and plain[0] != plain[1])
    nested = same_kind and (both_known or old.kind in ("object", "array", "map"))
    if old.nullable != new.nullable or not (nested or plain[0] == plain[1]):
        yield _changed(Difference(what, name, "changed", str(old), str(new), here), old, new)
    if both_known:
        at = old.place or here
        if what == "parameter" and old.is_open != new.is_open:  # a closed set in an answer is read as an open one
            one, other = ("any string" if kind.is_open else "known values only" for kind in (old, new))
            yield Difference(what, name, "changed" if new.is_open else "narrowed", one, other, here)
        for value in old.values:
            if value not in new.values:
                yield Difference("known value", name, "gone", str(value), "", at)
        for value in new.values:
            if value not in old.values:
                form, kind = (TOKEN, "a header token") if what == "parameter" else (PLAIN, "plain text")
                note = "" if form.fullmatch(str(value)) else f"not {kind}"
                yield Difference("known value", name, "added", "", str(value), at, note, old, new=value)
    elif same_kind and old.kind == "object":
        yield from _fields(old, new)
    elif same_kind and old.items and new.items:
        yield from _types(old.items, new.items, name, what, place)


def _changed(difference: Difference, old: Type, new: Type) -> Difference:
    """Where upstream says less than the fragment takes, writing that would make errors of older answers."""
    of_kind = old.kind in ("any", new.kind) or (old.kind, new.kind) == ("number", "integer")
    known = of_kind and bool(new.values) > bool(old.values)
    if known or (of_kind and old.kind != new.kind) or new == attrs.evolve(old, nullable=False):
        return attrs.evolve(difference, change="narrowed", note="older answers would become errors")
    return difference


def _fields(old: Type, new: Type) -> Iterator[Difference]:
    theirs = {field.name: field for field in new.fields}
    ours = {field.name: field for field in old.fields}
    for field in old.fields:
        name, place = f"{old.name}.{field.name}", field.place
        if field.name not in theirs:
            alike = [other.name for other in new.fields if other.name not in ours and other.type == field.type]
            renamed = f"perhaps now {', '.join(alike)}" if alike else ""
            yield Difference("field", name, "gone", str(field.type), renamed, place)
            continue
        twin = theirs[field.name]
        if field.required and twin.required is False:  # the other way round, the fragment only promises less
            yield Difference("field", name, "changed", "always there", "may be missing", place)
        is_null = twin.type.nullable or (field.type.nullable and not field.required)  # read like one that is missing
        yield from _types(field.type, attrs.evolve(twin.type, nullable=is_null), name, place=place)
    before = old.place or Place("", 1)
    for field in new.fields:
        if field.name in ours:
            before = ours[field.name].place
            continue
        note = why_not(field)
        name = f"{old.name}.{field.name}"
        yield Difference("field", name, "added", "", str(field.type), before, note, old, new, field)
        for nested in walk(field.type):
            for inner in nested.fields:
                name = f"{nested.name}.{inner.name}"
                yield Difference("field", name, "added", "", str(inner.type), before, note)
