"""Edit the text of a YAML file at places of its data; every other byte stays as it is."""

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

import attrs
import yaml
from codegen.document import PLAIN, Pointer

WIDTH = 120


class _House(yaml.SafeDumper):
    """The style of the fragment: double quotes where there must be quotes; lists indented, short ones in one line.

    A tuple is written one item to a line, however short.
    """

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        del indentless  # never
        super().increase_indent(flow, False)

    def ignore_aliases(self, _data: Any) -> bool:
        return True


def _string(dumper: _House, value: str) -> yaml.ScalarNode:
    resolved = dumper.resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]  # not in its stubs
    agreed = resolved == "tag:yaml.org,2002:str" and PLAIN["str"][0].fullmatch(value)
    plain = agreed and dumper.analyze_scalar(value).allow_flow_plain
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=None if plain else '"')


def _list(dumper: _House, value: Sequence[Any]) -> yaml.SequenceNode:
    short = all(isinstance(item, str) for item in value) and sum(len(item) + 2 for item in value) < WIDTH - 30
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=short)


_House.add_representer(str, _string)
_House.add_representer(list, _list)
_House.add_representer(tuple, lambda dumper, value: dumper.represent_sequence("tag:yaml.org,2002:seq", value, False))


def dump(data: Any, flow: bool = False) -> str:
    """Data as YAML in the style of the fragment, without the line break at the end."""
    text = yaml.dump(data, Dumper=_House, sort_keys=False, width=10_000 if flow else WIDTH, default_flow_style=flow)
    return str(text).removesuffix("\n").removesuffix("\n...")


@attrs.define
class Editor:
    """Collects edits at places of the document as it was read; `result` makes the new text."""

    text: str
    _root: yaml.Node | None = attrs.field(init=False)
    _insertions: list[tuple[int, str]] = attrs.field(factory=list, init=False)
    _ends: dict[int, int] = attrs.field(factory=dict, init=False)  # of what is replaced, by where it starts

    def __attrs_post_init__(self) -> None:
        self._root = yaml.compose(self.text, yaml.SafeLoader)

    def node(self, pointer: Pointer) -> Any:
        """The node at a place; KeyError where there is none."""
        node: Any = self._root
        for key in pointer:
            node = node.value[key] if isinstance(key, int) else dict(_pairs(node))[key]
        return node

    def add_key(self, mapping: Any, before: Sequence[str], key: str, data: Any) -> None:
        """Add a key after the last of the keys `before` that the mapping has, or at its start."""
        values = dict(_pairs(mapping))
        last = next((name for name in reversed(before) if name in values), None)
        if mapping.flow_style:
            entry = dump({key: data}, flow=True)[1:-1]
            at = values[last].end_mark.index if last else mapping.start_mark.index + 1
            self._insertions.append((at, f", {entry}" if last else f" {entry}{',' * bool(values)}"))
            return
        entry = textwrap.indent(dump({key: data}), " " * mapping.start_mark.column)
        at = self._end(values[last]) if last else self.text.rindex("\n", 0, mapping.start_mark.index)
        self._insertions.append((at, f"\n{entry}"))

    def append(self, sequence: Any, item: Any) -> None:
        """Add an item at the end of a list."""
        if sequence.flow_style:
            self._insertions.append((sequence.value[-1].end_mark.index, f", {dump(item, flow=True)}"))
        else:
            entry = textwrap.indent(f"- {dump(item)}", " " * sequence.start_mark.column)
            self._insertions.append((self._end(sequence.value[-1]), f"\n{entry}"))

    def replace(self, scalar: Any, value: str) -> None:
        """Put another text in the place of a scalar."""
        self._ends[scalar.start_mark.index] = scalar.end_mark.index
        self._insertions.append((scalar.start_mark.index, dump(value)))

    def result(self) -> str:
        """The text with all edits; insertions at the same place in the order in which they came."""
        places: dict[int, str] = {}
        for at, text in self._insertions:
            places[at] = places.get(at, "") + text
        result = self.text
        for at in sorted(places, reverse=True):
            result = result[:at] + places[at] + result[self._ends.get(at, at) :]
        return result

    def _end(self, node: Any) -> int:
        """The end of the line on which the last part of a node stands; comments after it are not part of it."""
        while isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
            node = node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1]
        end = len(self.text[: node.end_mark.index].rstrip())
        found = self.text.find("\n", end)
        return len(self.text) if found < 0 else found


def _pairs(mapping: Any) -> Iterator[tuple[str, Any]]:
    return ((str(key.value), value) for key, value in mapping.value)
