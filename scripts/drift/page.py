"""Read the vendor's reference page of one endpoint: markdown, headings over nested bullets.

A line of the sections that matter is understood or it is an error: a page whose form has changed says nothing.
"""

import re
from collections.abc import Sequence

import attrs
from codegen.problems import CannotRunError

from . import annotations
from .model import Endpoint, Field, Parameter, Place, Type, union

HEADING = re.compile(r"### (.+)")
ENDPOINT = re.compile(r"\*\*(\w+)\*\* `(/[^`\s]*)`")
BULLET = re.compile(r"( *)- `([^`]+)`")
VALUE_IN_PROSE = re.compile(r' *- `("?)[\w.-]+\1`:? .*')  # what one of the values of a literal means
CLASS = re.compile(r"class (\w+): (?:…|â€¦|\.\.\.)")  # the ellipsis is sometimes served in the wrong encoding
MEMBER = re.compile(r"UnionMember\d+ = (.+)")
ENTRY = re.compile(r"(\w+): (.+)")
MORE = re.compile(r", (\d+) more(?=\])")
SECTIONS = {"Parameters", "Returns"}


@attrs.define
class Bullet:
    """One bullet and those under it."""

    text: str
    indent: int
    place: Place
    children: "list[Bullet]" = attrs.field(factory=list)


def read(text: str, name: str) -> Endpoint:
    """The endpoint that a page describes; `name` stands in the messages."""
    sections: dict[str, list[tuple[Place, str]]] = {"": []}
    section, fenced = "", False
    for number, line in enumerate(text.splitlines(), 1):
        place = Place(name, number)
        fenced ^= line.startswith("```")
        if not fenced and (match := HEADING.fullmatch(line.rstrip())):
            section = match[1]
            if section in sections or (section not in SECTIONS and not section.startswith("Example")):
                raise place.not_understood(line)
            sections[section] = []
        elif line.strip():
            sections[section].append((place, line.rstrip()))
    endpoints = [match for _, line in sections[""] if (match := ENDPOINT.fullmatch(line))]
    if len(endpoints) != 1:
        raise CannotRunError(f"{name}:1: not understood: a page names one endpoint, this one {len(endpoints)}")
    for wanted in sorted(SECTIONS):
        if not sections.get(wanted):
            raise CannotRunError(f"{name}:1: not understood: the section `### {wanted}` is missing or empty")
    method, path = endpoints[0].groups()
    returns = _tree(sections["Returns"])
    named = CLASS.fullmatch(returns[0].text)
    if len(returns) != 1 or not named:
        raise returns[0].place.not_understood(f"an answer is one class: {returns[0].text}")
    answer = attrs.evolve(_children(returns[0].children, "", returns[0].place), name=named[1])
    return Endpoint(method.lower(), path, tuple(_parameter(b, path) for b in _tree(sections["Parameters"])), answer)


def _tree(lines: Sequence[tuple[Place, str]]) -> list[Bullet]:
    roots: list[Bullet] = []
    open_: list[Bullet] = []  # the bullet last seen, and those above it
    prose_allowed = -1  # indent at which text may stand
    for place, line in lines:
        indent = len(line) - len(line.lstrip())
        if match := BULLET.fullmatch(line):
            while open_ and open_[-1].indent >= indent:
                open_.pop()
            if indent != (open_[-1].indent + 2 if open_ else 0):
                raise place.not_understood(line.strip())
            bullet = Bullet(match[2], indent, place)
            (open_[-1].children if open_ else roots).append(bullet)
            open_.append(bullet)
            prose_allowed = indent + 2
        elif prose_allowed < 2 or indent < prose_allowed or line.lstrip()[0] in "-*|<#+>":
            value = VALUE_IN_PROSE.fullmatch(line) and open_ and indent == prose_allowed and "Literal" in open_[-1].text
            if not value:
                raise place.not_understood(line.strip())
    return roots


def _entry(bullet: Bullet) -> tuple[str, Type]:
    match = ENTRY.fullmatch(bullet.text)
    if not match or match[1] == "class":
        raise bullet.place.not_understood(bullet.text)
    return match[1], _type(match[2], bullet)


def _parameter(bullet: Bullet, path: str) -> Parameter:
    alias, kind = _entry(bullet)
    in_path = f"{{{alias}}}" in path
    return Parameter(
        alias=alias,
        type=attrs.evolve(kind, nullable=False),  # Optional here: it may be left out
        required=not kind.nullable,
        name=alias if in_path else "",
        location="path" if in_path else "",
        place=bullet.place,
    )


def _type(text: str, bullet: Bullet) -> Type:
    more = sum(int(number) for number in MORE.findall(text))
    used = False

    def resolve(name: str, parts: list[Type]) -> Type:
        nonlocal used
        used = True
        if parts:
            raise bullet.place.not_understood(text)
        return annotations.named(_children(bullet.children, name, bullet.place), name)

    kind = annotations.parse(MORE.sub("", text), bullet.place, resolve)
    literal = kind.items or kind
    if not used and (literal.values or bullet.children):
        listed = _children(bullet.children, "", bullet.place)
        if not listed.values or listed.values[: len(literal.values)] != literal.values:
            raise bullet.children[0].place.not_understood(f"{bullet.children[0].text} under {text}")
        if len(listed.values) != len(literal.values) + more:
            raise bullet.place.not_understood(f"{text} lists {len(listed.values)} values")
        literal = attrs.evolve(literal, values=listed.values)
        kind = attrs.evolve(kind, items=literal) if kind.items else literal
    elif more:
        raise bullet.place.not_understood(f"{text} without the list of its values")
    return kind


def _children(bullets: list[Bullet], name: str, place: Place) -> Type:
    """What the bullets under a type say of it: values, alternatives, classes or fields."""
    if not bullets:
        raise place.not_understood(f"nothing is told about {name or 'a type'}")
    if all(re.fullmatch(r'"[^"]+"', bullet.text) for bullet in bullets):
        return Type("string", values=tuple(bullet.text.strip('"') for bullet in bullets))
    if all(MEMBER.fullmatch(bullet.text) for bullet in bullets):
        return union(_type(bullet.text.split(" = ", 1)[1], bullet) for bullet in bullets)
    if all(CLASS.fullmatch(bullet.text) for bullet in bullets):
        return union(
            annotations.named(_children(bullet.children, "", bullet.place), bullet.text[6:].split(":")[0])
            for bullet in bullets
        )
    fields = []
    for bullet in bullets:
        field, kind = _entry(bullet)
        fields.append(Field(field, kind, None if kind.nullable else True, bullet.place))
    names = [field.name for field in fields]
    if len(set(names)) != len(names):
        raise place.not_understood("a field that is told twice")
    return Type("object", fields=tuple(fields), name=name, place=place)
