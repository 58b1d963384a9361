"""Edit the text of a YAML file at places of its data; every other byte is unchanged."""

import json
import re
import textwrap
from collections.abc import Sequence
from typing import Any

import attrs
import yaml
from codegen.document import PLAIN, Pointer

UNQUOTED = re.compile(r"[\w$./ +-]+")  # unless YAML reads it as another type, such as a date


def _flow(data: Any) -> str:
    match data:
        case dict() if data:
            return f"{{ {', '.join(f'{_flow(key)}: {_flow(value)}' for key, value in data.items())} }}"
        case list() | tuple():
            return f"[{', '.join(map(_flow, data))}]"
        case str() if UNQUOTED.fullmatch(data) and PLAIN["str"][0].fullmatch(data) and yaml.safe_load(data) == data:
            return data
    return json.dumps(data)


def dump(data: Any) -> str:
    """Data as YAML in the style of the fragment: lists of texts in one line; a tuple is one item to a line."""
    match data:
        case dict() if data:
            return "\n".join(_entry(f"{_flow(key)}:", value) for key, value in data.items())
        case tuple() | [dict(), *_]:
            return "\n".join(f"- {textwrap.indent(dump(item), '  ')[2:]}" for item in data)
    return _flow(data)


def _entry(key: str, value: Any) -> str:
    text = dump(value)
    return f"{key} {text}" if text == _flow(value) else f"{key}\n{textwrap.indent(text, '  ')}"


@attrs.define
class Editor:
    """Collects edits at places of the original document; `result` applies them."""

    text: str
    _root: Any = attrs.field(init=False)
    _edits: list[tuple[int, int, str]] = attrs.field(factory=list, init=False)  # start, end, new text

    def __attrs_post_init__(self) -> None:
        self._root = yaml.compose(self.text, yaml.SafeLoader)

    def node(self, pointer: Pointer) -> Any:
        """The node at a place. Raises KeyError if there is none."""
        node = self._root
        for key in pointer:
            node = node.value[key] if isinstance(key, int) else _values(node)[key]
        return node

    def add(self, pointer: Pointer, data: dict[str, Any], after: Sequence[str]) -> None:
        """Add an entry to a mapping, after the last of the keys `after` that it has, or at its start."""
        mapping = self.node(pointer)
        values = _values(mapping)
        last = next((values[name] for name in reversed(after) if name in values), None)
        self._insert(mapping, last, dump(data), _flow(data)[2:-2])

    def append(self, pointer: Pointer, item: Any) -> None:
        """Add an item at the end of a list."""
        sequence = self.node(pointer)
        self._insert(sequence, sequence.value[-1], dump((item,)), _flow(item))

    def _insert(self, holder: Any, last: Any, block: str, flow: str) -> None:
        start = holder.start_mark
        if holder.flow_style:
            at = last.end_mark.index if last else start.index + 1
            text = f", {flow}" if last else f" {flow}{',' * bool(holder.value)}"
        else:
            at = self._end(last) if last else self.text.rindex("\n", 0, start.index)
            text = "\n" + textwrap.indent(block, " " * start.column)
        self._edits.append((at, at, text))

    def replace(self, pointer: Pointer, value: str) -> None:
        """Replace a scalar with another text."""
        scalar = self.node(pointer)
        self._edits.append((scalar.start_mark.index, scalar.end_mark.index, _flow(value)))

    def result(self) -> str:
        """The text with all edits; insertions at the same place are in the order of the calls."""
        parts, done = list[str](), 0
        for start, end, text in sorted(self._edits, key=lambda edit: edit[0]):
            parts += [self.text[done:start], text]
            done = end
        return "".join([*parts, self.text[done:]])

    def _end(self, node: Any) -> int:
        """The end of the last line of a node, without the lines of comments after it."""
        while isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
            node = node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1]
        found = self.text.find("\n", len(self.text[: node.end_mark.index].rstrip()))
        return len(self.text) if found < 0 else found


def _values(mapping: Any) -> dict[str, Any]:
    return {str(key.value): value for key, value in mapping.value}
