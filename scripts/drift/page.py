"""Read the vendor's reference page of one endpoint: markdown, headings over nested bullets.

Each line in the sections that matter must be understood: a page whose format has changed is an error.
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
VALUE_IN_PROSE = re.compile(r' *- `("?)[\w.-]+\1`:? .*')  # the description of one value of a literal
CLASS = re.compile(r"class (\w+): (?:…|â€¦|\.\.\.)")  # the ellipsis is sometimes served in the wrong encoding
MEMBER = re.compile(r"(?:UnionMember\d+ = )?([A-Za-z]\w*(?:\[.+\])?)")
VALUE = re.compile(r'"[^"]+"')
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
    """The endpoint that a page describes; `name` is its name in messages."""
    sections = _sections(text, name)
    endpoints = [match for _, line in sections[""] if (match := ENDPOINT.fullmatch(line))]
    if len(endpoints) != 1:
        raise CannotRunError(f"{name}:1: not understood: a page describes one endpoint, this one {len(endpoints)}")
    for wanted in sorted(SECTIONS):
        if not sections.get(wanted):
            raise CannotRunError(f"{name}:1: not understood: the section `### {wanted}` is missing or empty")
    method, path = endpoints[0].groups()
    types = _Types()
    parameters = tuple(types.parameter(bullet, path) for bullet in _tree(sections["Parameters"]))
    returns = _tree(sections["Returns"])
    if len(returns) != 1 or not CLASS.fullmatch(returns[0].text):
        raise returns[0].place.not_understood(f"the response must be one class: {returns[0].text}")
    return Endpoint(method.lower(), path, types.of(returns, "", returns[0].place), returns[0].place, parameters)


def _sections(text: str, name: str) -> dict[str, list[tuple[Place, str]]]:
    sections: dict[str, list[tuple[Place, str]]] = {"": []}
    section, fenced, place, line = "", False, Place(name, 1), ""
    for number, line in enumerate(text.rstrip().splitlines(), 1):
        place = Place(name, number)
        fenced ^= line.startswith("```")
        if not fenced and (match := HEADING.fullmatch(line.rstrip())):
            section = match[1]
            if section in sections or (section not in SECTIONS and not section.startswith("Example")):
                raise place.not_understood(line)
            sections[section] = []
        elif line.strip():
            sections[section].append((place, line.rstrip()))
    if sections.keys() >= SECTIONS and (fenced or not line.startswith("```") or not section.startswith("Example")):
        raise place.not_understood("the page is truncated: it does not end with a complete example")
    return sections


def _tree(lines: Sequence[tuple[Place, str]]) -> list[Bullet]:
    roots: list[Bullet] = []
    open_: list[Bullet] = []  # the bullet last seen, and those above it
    prose_allowed = -1  # the least indent of text below the last bullet
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


class _Types:
    """Reads types. The page describes a class where it first names it, and later gives only the name."""

    def __init__(self) -> None:
        self._known: dict[str, Type] = {}

    def parameter(self, bullet: Bullet, path: str) -> Parameter:
        alias, kind = self._entry(bullet)
        wire, location = (alias, "path") if f"{{{alias}}}" in path else ("", "")
        plain = attrs.evolve(kind, nullable=False)  # `Optional` only means that it may be omitted
        return Parameter(alias, plain, not kind.nullable, bullet.place, wire, location)

    def of(self, bullets: list[Bullet], name: str, place: Place) -> Type:
        """The type that the bullets below it describe by values, alternatives or fields."""
        if not bullets and name in self._known:
            return self._known[name]
        if not bullets:
            raise place.not_understood(f"there is no description of {name or 'a type'}")
        if all(VALUE.fullmatch(bullet.text) for bullet in bullets):
            kind = Type("string", values=tuple(bullet.text.strip('"') for bullet in bullets))
        elif all(CLASS.fullmatch(bullet.text) or MEMBER.fullmatch(bullet.text) for bullet in bullets):
            kind = union(map(self._alternative, bullets))
        else:
            fields = [Field(*self._entry(bullet), bullet.place) for bullet in bullets]
            if len({field.name for field in fields}) != len(fields):
                raise place.not_understood("a duplicate field")
            kind = Type("object", fields=tuple(fields), place=place)
        if name:
            kind = self._known[name] = kind.called(name)
        return kind

    def _alternative(self, bullet: Bullet) -> Type:
        if named := CLASS.fullmatch(bullet.text):
            return self.of(bullet.children, named[1], bullet.place)
        return self._type(bullet.text.split(" = ")[-1], bullet)

    def _entry(self, bullet: Bullet) -> tuple[str, Type]:
        match = ENTRY.fullmatch(bullet.text)
        if not match or match[1] == "class":
            raise bullet.place.not_understood(bullet.text)
        return match[1], self._type(match[2], bullet)

    def _type(self, text: str, bullet: Bullet) -> Type:
        place, children = bullet.place, bullet.children
        before, union_, _ = text.partition("Union[")
        if union_ and children:  # the bullets below it list all alternatives
            text = f"{before}Union{']' * before.count('[')}"
        more, resolved = sum(map(int, MORE.findall(text))), list[str]()

        def resolve(name: str, parts: list[Type]) -> Type:
            if parts:
                raise place.not_understood(text)
            resolved.append(name)
            return self.of(children, "" if name == "Union" else name, place)

        kind = annotations.parse(MORE.sub("", text), place, resolve)
        literal = kind.items or kind
        if resolved or not (literal.values or children):
            if more:
                raise place.not_understood(f"{text} without the list of its values")
            return kind
        listed = self.of(children, "", place).values
        if not listed or listed[: len(literal.values)] != literal.values:
            raise children[0].place.not_understood(f"{children[0].text} under {text}")
        if len(listed) != len(literal.values) + more:
            raise place.not_understood(f"{text} lists {len(listed)} values")
        literal = attrs.evolve(literal, values=listed)
        return attrs.evolve(kind, items=literal) if kind.items else literal
