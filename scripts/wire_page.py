"""Write the page about the HTTP API from the fragment, as markdown on standard output: `make docs` includes it.

python scripts/wire_page.py openapi/models.yaml > build/docs/wire.md
"""

import json
import sys
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml
from codegen import references

Node = dict[str, Any]
# Shown in the type or in a column of their own; all other keywords are listed.
SHOWN = {"type", "format", "const", "enum", "items", "anyOf", "oneOf", "allOf", "description", "properties", "required"}
FIELDS = ("type", "required", "meaning")


def page(document: Node) -> Iterator[str]:
    """The blocks of the page."""

    def resolve(node: Node) -> Node:
        return {**references.follow(document, node), **{key: node[key] for key in node if key != "$ref"}}

    servers = ", ".join(f"<{server['url']}>" for server in document["servers"])
    yield f"API version **{document['info']['version']}** at {servers}."
    schemes = document["components"].get("securitySchemes", {})
    for place in references.operations(document):
        operation: Node = references.at(document, place)
        yield f"## {operation.get('summary', operation['operationId'])}"
        yield f"```http\n{place[2].upper()} {place[1]}\n```"
        yield operation.get("description", "")
        security: Any = operation.get("security", document.get("security", ()))
        needed = ((name, resolve(schemes[name])) for requirement in security for name in requirement)
        yield "### Credentials\n\nExactly one of these."
        yield _table(("name", "where", "meaning"), ((name, _where(one), _words(one)) for name, one in needed))
        parameters = [resolve(each) for _, each in references.parameters(document, place)]
        rows = ((f"`{one['name']}`", one["in"], *_cells(one, one.get("required"))) for one in parameters)
        yield "### Parameters"
        yield _table(("name", "in", *FIELDS), rows)
        yield f"### Responses {{ #{operation['operationId']}-responses }}"
        for status, response in operation["responses"].items():
            yield f'=== "{status}"'
            yield textwrap.indent("\n\n".join(_response(resolve(response), resolve)), "    ")
    yield "## Schemas"
    for name, schema in document["components"]["schemas"].items():
        yield f"### {name}"
        yield schema.get("description", "")
        if "enum" in schema:
            yield "\n".join(f"- `{value}`" for value in schema["enum"])
        elif "properties" in schema:
            yield _table(("field", *FIELDS), _fields(schema))
        else:
            yield f"{_type(schema)} {_limits(schema)}".rstrip()


def _response(response: Node, resolve: Any) -> Iterator[str]:
    yield _words(response)
    for kind, media in response.get("content", {}).items():
        yield f"Body: {_type(media.get('schema', {}))}, `{kind}`"
        for title, value in _examples(media):
            yield f'```json title="{title}"\n{json.dumps(value, indent=2, ensure_ascii=False)}\n```'
    if "headers" in response:
        headers = ((name, resolve(header)) for name, header in response["headers"].items())
        rows = ((f"`{name}`", _type(header.get("schema", {})), _words(header)) for name, header in headers)
        yield _table(("header", "type", "meaning"), rows)


def _examples(media: Node) -> Iterator[tuple[str, Any]]:
    for name, each in media.get("examples", {}).items():
        if "value" in each:
            yield each.get("summary", name), each["value"]
    if "example" in media:
        yield "Example", media["example"]


def _fields(schema: Node, prefix: str = "") -> Iterator[tuple[str, ...]]:
    """Each field of an object with its dotted name, including those of inline objects."""
    for name, field in schema.get("properties", {}).items():
        yield f"`{prefix}{name}`", *_cells({**field, "schema": field}, name in schema.get("required", ()))
        yield from _fields(field, f"{prefix}{name}.")


def _cells(stated: Node, required: object) -> tuple[str, str, str]:
    schema = stated.get("schema", {})
    return _type(schema), "yes" if required else "", f"{_words(stated)} {_limits(schema)}"


def _type(schema: Node) -> str:
    """A schema's type in a few words; a schema with a name is a link."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    for keyword, word in (("anyOf", " or "), ("oneOf", " or "), ("allOf", " and ")):
        if keyword in schema:
            return word.join(map(_type, schema[keyword]))
    if "const" in schema:
        return f"`{json.dumps(schema['const'])}`"
    kinds = schema.get("type", "any")
    text = " or ".join(kinds) if isinstance(kinds, list) else str(kinds)
    if "items" in schema:
        text = text.replace("array", f"array of {_type(schema['items'])}")
    return f"{text} ({schema['format']})" if "format" in schema else text


def _limits(schema: Node) -> str:
    """The keywords of a schema that its type does not show."""
    rest = {key: value for key, value in schema.items() if key not in SHOWN and key != "$ref"}
    return ", ".join(f"`{key}: {json.dumps(value)}`" for key, value in rest.items() if not key.startswith("x-"))


def _where(scheme: Node) -> str:
    if scheme["type"] == "http":
        return f"header `Authorization: {scheme['scheme'].title()} …`"
    return f"{scheme['in']} `{scheme['name']}`"


def _words(stated: Node) -> str:
    return " ".join(stated.get("description", "").split())


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    cells = [[cell.strip().replace("|", r"\|") for cell in row] for row in (heads, ("---",) * len(heads), *rows)]
    return "\n".join(f"| {' | '.join(row)} |" for row in cells)


if __name__ == "__main__":
    source = Path(sys.argv[1]).read_text(encoding="utf-8")
    sys.stdout.writelines(f"{block}\n\n" for block in page(yaml.safe_load(source)))
