"""The examples of the fragment, wherever it may have them."""

from collections.abc import Iterator
from typing import Any

from jsonschema_path import SchemaPath


def children(node: SchemaPath, name: str) -> Iterator[SchemaPath]:
    """The members of a list or mapping that may be missing."""
    if name in node:
        yield from (child for _, child in (node / name).items())


def examples(node: SchemaPath) -> list[Any]:
    """What `example` or `examples` of a parameter, header or media type say; references are followed."""
    if "example" in node:
        return [(node / "example").read_value()]
    return [(example / "value").read_value() for example in children(node, "examples")]
