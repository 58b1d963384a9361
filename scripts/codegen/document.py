"""A YAML file as JSON data, with the line of each value."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias, cast

import yaml

from codegen.problems import CannotRunError, Problem

Pointer: TypeAlias = tuple[str | int, ...]
"""The path to a value in the data: keys and indices from the root."""

# Plain scalars on which YAML 1.1 (PyYAML) and 1.2 (most other readers) agree; anything else has to be quoted.
PLAIN: Mapping[str, tuple[re.Pattern[str], Callable[[str], Any]]] = {
    "null": (re.compile(r"|~|null|Null|NULL"), lambda _: None),
    "bool": (re.compile(r"true|True|TRUE|false|False|FALSE"), lambda text: text.lower() == "true"),
    "int": (re.compile(r"[-+]?(0|[1-9][0-9]*)"), int),
    "float": (re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+([eE][-+][0-9]+)?"), float),
    "str": (re.compile(r"(?![-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$|0[ox]).*", re.DOTALL), str),
}


@dataclass(frozen=True)
class Document:
    """The content of a file. `name` is its name in messages."""

    name: str
    source: bytes
    data: Any
    lines: Mapping[Pointer, int]

    def problem(self, pointer: Pointer, message: str) -> Problem:
        """A problem at the line of the place, or of the nearest enclosing place that is in the file."""
        while pointer and pointer not in self.lines:
            pointer = pointer[:-1]
        return Problem(self.name, self.lines.get(pointer, 1), message)


def load(path: Path, name: str) -> Document:
    """Read the file. Raises CannotRunError with its faults."""

    def refusal(line: int, message: str) -> CannotRunError:
        return CannotRunError(Problem(name, line, message))

    text = ""
    try:
        source = path.read_bytes()
        text = source.decode()
        root = yaml.compose(text, _Loader)
    except OSError as error:
        raise refusal(0, f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise refusal(error.object.count(b"\n", 0, error.start) + 1, "is not UTF-8") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = ", ".join(filter(None, (error.context, error.problem)))
        if "<block end>" in what or "mapping values are not allowed" in what:
            what += " (is the line indented as its neighbours are?)"
        raise refusal(mark.line + 1 if mark else 1, f"is not YAML: {what}") from error
    except yaml.reader.ReaderError as error:
        raise refusal(text.count("\n", 0, error.position) + 1, f"is not YAML: {error.reason}") from error
    except RecursionError as error:
        raise refusal(0, "is nested too deeply") from error
    if root is None:
        raise refusal(0, "is empty")
    reader = _Reader(name)
    data = reader.read(root, ())
    if reader.problems:
        raise CannotRunError(*reader.problems)
    return Document(name, source, data, reader.lines)


class _Loader(yaml.SafeLoader):
    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            event = cast(Any, self).peek_event()
            raise yaml.MarkedYAMLError(problem="aliases are not supported, use `$ref`", problem_mark=event.start_mark)
        return super().compose_node(parent, index)


class _Reader:
    """Converts nodes to data; records the line of each place, and the problems."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[Pointer, int] = {}
        self.problems: list[Problem] = []

    def read(self, node: yaml.Node, pointer: Pointer) -> Any:
        self.lines.setdefault(pointer, node.start_mark.line + 1)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item, (*pointer, index)) for index, item in enumerate(node.value)]
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node)
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = self._scalar(key_node) if isinstance(key_node, yaml.ScalarNode) else None
            if not isinstance(key, str):
                self._complain(key_node, "a key is not a string: put it in quotes")
            elif key in data:
                self._complain(key_node, f"`{key}` is a duplicate key, first on line {self.lines[(*pointer, key)]}")
            else:
                self.lines[(*pointer, key)] = key_node.start_mark.line + 1
                data[key] = self.read(value_node, (*pointer, key))
        return data

    def _scalar(self, node: yaml.ScalarNode) -> Any:
        text, tag = str(node.value), node.tag.removeprefix("tag:yaml.org,2002:")
        if tag == "str" and node.style:
            return text
        pattern, convert = PLAIN.get(tag, (None, str))
        if pattern is None or not pattern.fullmatch(text):
            self._complain(node, f"`{text}` means different things to different readers of YAML: put it in quotes")
            return text
        return convert(text)

    def _complain(self, node: yaml.Node, message: str) -> None:
        self.problems.append(Problem(self.name, node.start_mark.line + 1, message))
