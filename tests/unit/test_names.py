"""How names in Python are made, and which ones collide."""

from pathlib import Path

from cases import each
from codegen import arguments, document, names
from fragment.small import SMALL, refused


@each(
    ("name", "argument", "model"),
    [
        ("before_id", "before_id", "BeforeId"),
        ("before-id", "before_id", "BeforeId"),
        ("maxTokens", "max_tokens", "MaxTokens"),
        ("X-Tags", "x_tags", "XTags"),
        ("@kind", "kind", "Kind"),
        ("ModelInfo", "model_info", "ModelInfo"),
        ("URL", "url", "URL"),
        ("a.b c", "a_b_c", "ABC"),
        ("@", "", ""),
    ],
)
def test_a_name_is_made_of_its_words(name: str, argument: str, model: str) -> None:
    """A name is what the generator makes, without the underscores that avoid Python's own names."""
    assert (names.python_name(name), names.class_name(name)) == (argument, model)


TWICE = "from ..models.thing import Thing\n"


@each(
    ("path", "source", "start"),
    [
        ("models/a.py", f"{TWICE}class Thing: ...\n", "it.yaml:32: `Thing`"),
        ("models/b.py", f"from typing import Any as Thing\n{TWICE}", "it.yaml:32: `Thing`"),
        ("models/c.py", "from x import Other\nif True:\n    from y import Other\n", "it.yaml:1: `Other`"),
        ("api/things/d.py", "def build(*, id_): id_ = 5\n", "it.yaml:15: `id_`"),
        ("api/things/e.py", "import id\nasync def build(id): ...\n", "it.yaml:15: `id`"),
        ("api/things/f.py", f"{TWICE}{TWICE}def build(id): return {{id: 1}}\n", None),
    ],
)
def test_a_name_with_two_meanings_is_refused(tmp_path: Path, path: str, source: str, start: str | None) -> None:
    """Two definitions in a module and an argument that hides another name are reported, at the line if there is one."""
    (tmp_path / "it.yaml").write_text(SMALL, encoding="utf-8")
    module = tmp_path / path.replace("/", "-") / path
    module.parent.mkdir(parents=True)
    module.write_text(source, encoding="utf-8")
    arguments = document.load(tmp_path / "it.yaml", "it.yaml"), tmp_path / path.replace("/", "-")
    if start is None:
        names.check(*arguments)
    else:
        (line,) = refused(names.check, *arguments)
        assert line.startswith(start)


def test_the_types_of_the_items_of_a_joined_list() -> None:
    """A schema of known values is a class, named after its title if it has one; each alternative counts."""
    schemas = {"A": {"type": "string", "enum": ["x"]}, "B": {"type": "string", "enum": ["y"], "title": "Titled"}}
    known = [{"$ref": f"#/components/schemas/{name}"} for name in schemas]
    data = {"components": {"schemas": schemas}}

    assert arguments.item_types(data, {"anyOf": [*known, {"type": "integer"}]}) == {"#A", "#Titled", "int"}
    assert arguments.item_types(data, {}) == {"str"}
