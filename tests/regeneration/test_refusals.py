"""What cannot be made into a package is refused in plain lines, with exit code 2 and the tree untouched."""

from collections.abc import Callable
from pathlib import Path

import pytest
from codegen import tree

Regenerate = Callable[..., tuple[int, list[str], list[str]]]
Edit = Callable[[Path, str, str], None]

HERE = "<here>"

# (what is wrong, file, text, what stands there instead, what is said: HERE marks the line, and stands for its number)
REFUSED = [
    (
        "a fragment with a fault",
        "openapi/models.yaml",
        "    get:\n      operationId: retrieve_model\n",
        f"{HERE}    get:\n",
        f"openapi/models.yaml:{HERE}: GET /v1/models/{{model_id}} has no operationId: it names the generated function",
    ),
    (
        "a schema beyond the generator",
        "openapi/models.yaml",
        "    ErrorDetail:\n",
        f'{HERE}    Loop: {{ type: array, items: {{ $ref: "#/components/schemas/Loop" }} }}\n    ErrorDetail:\n',
        f"openapi/models.yaml:{HERE}: the generator cannot express this: invalid data in items of array",
    ),
    (
        "two classes of one name",
        "openapi/models.yaml",
        "    ErrorDetail:\n",
        f"{HERE}    One: {{ type: object, title: ErrorDetail }}\n    ErrorDetail:\n",
        "openapi/models.yaml:",
    ),
    (
        "a setting that is none",
        "openapi/generator.yaml",
        "literal_enums",
        f"{HERE}literal_enum",
        f"openapi/generator.yaml:{HERE}: `literal_enum` is not a setting of the generator: did you mean",
    ),
    (
        "a setting of another type",
        "openapi/generator.yaml",
        "literal_enums: true",
        f"{HERE}literal_enums: often",
        f"openapi/generator.yaml:{HERE}: `literal_enums` is not what the generator takes: ",
    ),
    (
        "a hook",
        "openapi/generator.yaml",
        "post_hooks: []",
        f"{HERE}post_hooks: [ruff check .]",
        f"openapi/generator.yaml:{HERE}: `post_hooks` has to be `[]`: hooks run whatever is on PATH",
    ),
    (
        "a package without a name",
        "openapi/generator.yaml",
        "package_name_override: anthropic_models_api",
        f"{HERE}package_name_override: anthropic-models-api",
        f"openapi/generator.yaml:{HERE}: `package_name_override` names the package",
    ),
    (
        "a template that asks for nothing",
        "openapi/templates/types.py.jinja",
        '"""Shared by the generated',
        HERE + "{{ nothing.at_all }}",
        f"openapi/templates/types.py.jinja:{HERE}: the generator stopped: UndefinedError: 'nothing' is undefined",
    ),
    (
        "a template that is none",
        "openapi/templates/types.py.jinja",
        '"""Shared by the generated',
        HERE + "{% if %}",
        f"openapi/templates/types.py.jinja:{HERE}: the generator stopped: TemplateSyntaxError: ",
    ),
    (
        "a template that makes no Python",
        "openapi/templates/types.py.jinja",
        '"""Shared by the generated',
        "def (",
        "the formatter refuses the generated code, a template is wrong: error: Failed to parse types.py:",
    ),
    (
        "another generator",
        "pyproject.toml",
        '"openapi-python-client==',
        '"openapi-python-client==9',
        "openapi-python-client ",
    ),
    ("another formatter", "pyproject.toml", '"ruff==', '"ruff==9', "ruff "),
    (
        "a generator that is not pinned",
        "pyproject.toml",
        '"openapi-python-client==',
        '"openapi-python-client>=',
        "pyproject.toml: `generate` does not pin openapi-python-client with `==`",
    ),
    ("no pins", "pyproject.toml", "generate = [", "others = [", "pyproject.toml: has no 'generate': "),
    ("broken pins", "pyproject.toml", "[build-system]", "[build", "pyproject.toml: cannot be read: "),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "said"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_it_is_refused(
    checkout: Path, regenerate: Regenerate, edit: Edit, file: str, old: str, new: str, said: str
) -> None:
    """The first line says where and what; the last that nothing was changed, which is true."""
    edit(checkout / file, old, new)
    changed = (checkout / file).read_text(encoding="utf-8")
    line = changed[: changed.find(HERE)].count("\n") + 1
    (checkout / file).write_text(changed.replace(HERE, ""), encoding="utf-8")
    before = tree.read(checkout)
    code, out, lines = regenerate(checkout)
    lines = [
        line
        for line in lines
        if not line.startswith(("regenerate: lint", "regenerate: gen", "regenerate: form", "regenerate: try"))
    ]

    assert (code, out) == (2, [])
    assert lines[0].startswith(said.replace(HERE, str(line)))
    assert lines[1:] == ["regenerate: could not run; nothing was changed"]
    assert tree.read(checkout) == before


@pytest.mark.parametrize("tool", ["openapi-python-client", "ruff"])
def test_a_wrong_version_is_told_with_the_right_one(
    checkout: Path, regenerate: Regenerate, edit: Edit, tool: str
) -> None:
    """What is installed, what is pinned, and the command that mends it."""
    edit(checkout / "pyproject.toml", f'"{tool}==', f'"{tool}==9')
    (line, _) = regenerate(checkout, "--check")[2]

    assert " is installed, pyproject.toml pins 9" in line
    assert line.endswith(": run `make setup`, then `make regenerate`")


def test_a_template_that_overrides_nothing_is_refused(checkout: Path, regenerate: Regenerate) -> None:
    """A template of a name that the generator does not know would be ignored in silence."""
    templates = checkout / "openapi" / "templates"
    (templates / "model.py.jinja").rename(templates / "modle.py.jinja")
    code, _, lines = regenerate(checkout, "--check")

    assert code == 2
    assert "openapi/templates/modle.py.jinja: overrides nothing: the generator has no template of this name" in lines


@pytest.mark.parametrize("name", ["openapi/models.yaml", "openapi/generator.yaml", "pyproject.toml"])
def test_a_missing_input_is_told(checkout: Path, regenerate: Regenerate, name: str) -> None:
    """Its name, and that it cannot be read."""
    (checkout / name).unlink()
    code, _, lines = regenerate(checkout, "--check")

    assert code == 2
    assert any(line.startswith(f"{name}: cannot be read: ") for line in lines)
