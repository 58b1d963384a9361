"""Write the page about the HTTP API from the fragment, as markdown on standard output: `make docs` includes it.

python scripts/pages/wire.py openapi/models.yaml > build/docs/wire.md
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jinja2
import yaml

Node = dict[str, Any]
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
# Shown in the type itself, in a column of its own, or of no use to a reader; all other keywords are listed.
SHOWN = {"type", "format", "const", "enum", "items", "anyOf", "oneOf", "allOf", "description", "properties", "required"}


class Fragment:
    """The fragment, with what a template asks of it."""

    def __init__(self, document: Node) -> None:
        self.document = document

    def resolve(self, node: Node) -> Node:
        """The node that a `$ref` leads to, or the node itself."""
        while "$ref" in node:
            found: Any = self.document
            for part in node["$ref"].removeprefix("#/").split("/"):
                found = found[part.replace("~1", "/").replace("~0", "~")]
            node = {**found, **{key: value for key, value in node.items() if key != "$ref"}}
        return node

    def operations(self) -> Iterator[tuple[str, str, Node]]:
        """Each method, path and operation, with the parameters of its path."""
        for path, item in self.document["paths"].items():
            for method in METHODS:
                if method in item:
                    parameters = [*item.get("parameters", ()), *item[method].get("parameters", ())]
                    yield method, path, {**item[method], "parameters": [self.resolve(each) for each in parameters]}

    def type_of(self, schema: Node) -> str:
        """A schema's type in a few words; a schema with a name is a link."""
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            return f"[{name}](#{name.lower()})"
        for keyword, word in (("anyOf", " or "), ("oneOf", " or "), ("allOf", " and ")):
            if keyword in schema:
                return word.join(self.type_of(each) for each in schema[keyword])
        if "const" in schema:
            return f"`{json.dumps(schema['const'])}`"
        kinds = schema.get("type", "any")
        text = " or ".join(kinds) if isinstance(kinds, list) else str(kinds)
        if "items" in schema:
            text = text.replace("array", f"array of {self.type_of(schema['items'])}")
        return f"{text} ({schema['format']})" if "format" in schema else text

    def fields(self, schema: Node, prefix: str = "") -> Iterator[tuple[str, Node, bool]]:
        """Each field of an object with its dotted name and whether it is required; objects without a name unfolded."""
        for name, field in schema.get("properties", {}).items():
            yield prefix + name, field, name in schema.get("required", ())
            yield from self.fields(field, f"{prefix}{name}.")

    @staticmethod
    def limits(schema: Node) -> str:
        """The keywords of a schema that its type does not show."""
        rest = {key: value for key, value in schema.items() if key not in SHOWN and key != "$ref"}
        return ", ".join(f"`{key}: {json.dumps(value)}`" for key, value in rest.items() if not key.startswith("x-"))

    @staticmethod
    def examples(media: Node) -> list[tuple[str, str]]:
        """The examples of a body: a title, and the JSON."""
        named = {name: each for name, each in media.get("examples", {}).items() if "value" in each}
        found = [(each.get("summary", name), each["value"]) for name, each in named.items()]
        found += [("Example", media["example"])] if "example" in media else []
        return [(title, json.dumps(value, indent=2, ensure_ascii=False)) for title, value in found]


def page(document: Node) -> str:
    """The page."""
    environment = jinja2.Environment(  # noqa: S701  # markdown of our own fragment, no HTML of others
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template("wire.md.jinja").render(fragment=Fragment(document), **document)


if __name__ == "__main__":
    sys.stdout.write(page(yaml.safe_load(Path(sys.argv[1]).read_text(encoding="utf-8"))))
