"""The lint as a whole: all faults at once, each once; what it lets pass; and files that are no documents."""

from collections.abc import Callable
from pathlib import Path

import pytest
from cases import each
from codegen import document, lint
from codegen.problems import CannotRunError

Complaints = Callable[..., list[str]]


def test_all_faults_are_told_at_once(complaints: Complaints) -> None:
    """A person mends the file in one go, from top to bottom."""
    lines = complaints(
        "  title: Anthropic Models API\n",
        "  title: Anthropic Models API\n  contact: { nme: x, url: y }\n  lisence: {}\n",
    )

    assert [line.split(": ", 1)[1][:9] for line in lines] == ["`nme` is ", "`lisence`"]


def test_a_fault_is_told_once(complaints: Complaints) -> None:
    """A misspelt keyword is not followed by what the meta-schema makes of it."""
    assert len(complaints("          format: date-time", "          formt: date-time")) == 1


def test_extensions_are_allowed_everywhere(complaints: Complaints) -> None:
    """Keywords that begin with `x-` are everybody's own, in objects and schemas."""
    assert complaints("      required: [id, ", "      x-note: {any: thing}\n      required: [id, ") == []
    assert complaints("      operationId:", "      x-note: [1]\n      operationId:") == []


def test_properties_may_come_from_another_part(complaints: Complaints) -> None:
    """`required` in one part of an `allOf` may name the property of another."""
    whole = (
        "    Whole:\n      allOf:\n        - $ref: '#/components/schemas/ModelInfo'\n"
        "        - type: object\n          required: [id]\n    ModelInfo:\n"
    )

    assert complaints("    ModelInfo:\n", whole) == []


def test_properties_beside_several_parts_are_allowed(complaints: Complaints) -> None:
    """Properties beside an `allOf` of more than one reference are merged by the generator; so is a description."""
    whole = (
        "    Whole:\n      allOf:\n        - $ref: '#/components/schemas/ModelInfo'\n        - type: object\n"
        "      properties:\n        part: { $ref: '#/components/schemas/ErrorDetail', description: A part. }\n"
        "    ModelInfo:\n"
    )

    assert complaints("    ModelInfo:\n", whole) == []


def test_a_circle_of_schemas_is_told_where_it_closes(complaints: Complaints) -> None:
    """Each reference of a circle is told, and only those: not one that leads into it from outside."""
    circle = (
        "    One:\n      required: [x]\n      allOf: [{ $ref: '#/components/schemas/Two' }]\n"
        "    Two:\n      allOf: [{ $ref: '#/components/schemas/One' }]\n"
        "    Outside:\n      allOf: [{ $ref: '#/components/schemas/One' }]\n    ModelInfo:\n"
    )
    lines = [line.split(": ", 1)[1] for line in complaints("    ModelInfo:\n", circle)]

    assert [line for line in lines if "leads back" in line] == [
        "`#/components/schemas/Two` leads back to itself",
        "`#/components/schemas/One` leads back to itself",
    ]


def test_a_schema_may_contain_its_own_kind(complaints: Complaints) -> None:
    """Recursion through a property or an item has an end, and is allowed."""
    tree = (
        "    Tree:\n      type: object\n      properties:\n"
        "        children: { type: array, items: { $ref: '#/components/schemas/Tree' } }\n    ModelInfo:\n"
    )

    assert complaints("    ModelInfo:\n", tree) == []


@each(
    ("source", "said"),
    [
        (b"", "models.yaml: is empty"),
        (b"# nothing\n", "models.yaml: is empty"),
        (b"a: 1\nb: \xff\n", "models.yaml:2: is not UTF-8"),
        (b"a: 1\nb: \x01\n", "models.yaml:2: is not YAML: special characters are not allowed"),
        (b"a: 1\n---\nb: 1\n", "models.yaml:2: is not YAML: expected a single document"),
        (b"[" * 1000, "models.yaml: is nested too deeply"),
    ],
)
def test_a_file_that_is_no_document_is_told(tmp_path: Path, source: bytes, said: str) -> None:
    """What cannot be read at all is told with its line, never with a traceback."""
    path = tmp_path / "models.yaml"
    path.write_bytes(source)
    with pytest.raises(CannotRunError) as caught:
        document.load(path, "models.yaml")

    assert caught.value.lines[0].startswith(said)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """The name of the file, and that it is not there."""
    with pytest.raises(CannotRunError) as caught:
        document.load(tmp_path / "models.yaml", "openapi/models.yaml")

    assert caught.value.lines == ("openapi/models.yaml: cannot be read: No such file or directory",)


@each("source", ["[]", "text", "openapi: 3.1.0"])
def test_a_document_of_another_shape_is_told(tmp_path: Path, source: str) -> None:
    """A list, a word, or an object without content is no OpenAPI document."""
    path = tmp_path / "models.yaml"
    path.write_text(source, encoding="utf-8")
    found = lint.findings(document.load(path, "models.yaml"))

    assert str(found[0]).startswith("models.yaml:1: not OpenAPI 3.1: ")
