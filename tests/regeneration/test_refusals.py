"""What cannot be made into a package is refused in plain lines, with exit code 2 and the tree untouched."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from codegen import tree
from regeneration.copies import ROOT, regenerate

Edit = Callable[[Path, str, str], None]

HERE = "<here>"
MODELS, SETTINGS, TYPES = "openapi/models.yaml", "openapi/generator.yaml", "openapi/templates/types.py.jinja"
DETAIL, SHARED = "    ErrorDetail:\n", '"""Shared by the generated'
PIN = '"openapi-python-client=='

# (file, text, what stands there instead, what is said: HERE marks the line, and stands for its number)
REFUSED = [
    (
        MODELS,
        "    get:\n      operationId: retrieve_model\n",
        f"{HERE}    get:\n",
        f"{MODELS}:{HERE}: GET /v1/models/{{model_id}} has no operationId: it names the generated function",
    ),
    (
        MODELS,
        DETAIL,
        f'{HERE}    Loop: {{ type: array, items: {{ $ref: "#/components/schemas/Loop" }} }}\n{DETAIL}',
        f"{MODELS}:{HERE}: the generator cannot express this: invalid data in items of array",
    ),
    (MODELS, DETAIL, f"{HERE}    One: {{ type: object, title: ErrorDetail }}\n{DETAIL}", f"{MODELS}:"),
    (
        SETTINGS,
        "literal_enums",
        f"{HERE}literal_enum",
        f"{SETTINGS}:{HERE}: `literal_enum` is not what the generator takes: Extra",
    ),
    (
        SETTINGS,
        "literal_enums: true",
        f"{HERE}literal_enums: often",
        f"{SETTINGS}:{HERE}: `literal_enums` is not what the generator takes: ",
    ),
    (
        SETTINGS,
        "post_hooks: []",
        f"{HERE}post_hooks: [ruff check .]",
        f"{SETTINGS}:{HERE}: `post_hooks` is not what the generator takes: List should have at most 0 items",
    ),
    (
        SETTINGS,
        "package_name_override: anthropic_models_api",
        f"{HERE}package_name_override: anthropic-models-api",
        f"{SETTINGS}:{HERE}: `package_name_override` is not what the generator takes: String should match",
    ),
    (
        TYPES,
        SHARED,
        HERE + "{{ nothing.at_all }}",
        f"{TYPES}:{HERE}: the generator stopped: UndefinedError: 'nothing' is",
    ),
    (TYPES, SHARED, HERE + "{% if %}", f"{TYPES}:{HERE}: the generator stopped: TemplateSyntaxError: "),
    (
        TYPES,
        SHARED,
        "def (",
        "the formatter refuses the generated code, a template is wrong: error: Failed to parse types.py:",
    ),
    ("pyproject.toml", PIN, f"{PIN}9", "openapi-python-client "),
    ("pyproject.toml", '"ruff==', '"ruff==9', "ruff "),
    (
        "pyproject.toml",
        PIN,
        PIN.replace("==", ">="),
        "pyproject.toml: has no 'openapi-python-client': ",
    ),
    ("pyproject.toml", "generate = [", "others = [", "pyproject.toml: has no 'generate': "),
    ("pyproject.toml", "dependency-groups", "groups", "pyproject.toml: has no 'dependency-groups': "),
    ("pyproject.toml", "[build-system]", "[build", "pyproject.toml: cannot be read: "),
]


def test_it_is_refused(checkout: Path) -> None:
    """The first line says where and what; the last that nothing was changed, which is true."""
    steps = tuple(f"regenerate: {step}" for step in ("lint", "generate with", "format with", "try"))
    for file, old, new, said in REFUSED:
        source = (checkout / file).read_text(encoding="utf-8")
        assert old in source, f"{file} no longer says {old!r}"
        changed = source.replace(old, new, 1)
        (checkout / file).write_text(changed.replace(HERE, ""), encoding="utf-8")
        before = tree.read(checkout)
        code, out, lines = regenerate(checkout)
        first, *rest = [line for line in lines if not line.startswith(steps)]

        assert (code, out, rest) == (2, [], ["regenerate: could not run; nothing was changed"]), said
        assert first.startswith(said.replace(HERE, str(changed[: changed.find(HERE)].count("\n") + 1)))
        assert tree.read(checkout) == before
        (checkout / file).write_text(source, encoding="utf-8")


def test_a_missing_input_is_named(checkout: Path) -> None:
    """The name of the file, and that it is not there."""
    for file in (MODELS, SETTINGS):
        (checkout / file).rename(checkout / "kept")
        assert f"{file}: cannot be read: No such file or directory" in regenerate(checkout, "--check")[2]
        (checkout / "kept").rename(checkout / file)


def test_a_template_that_overrides_nothing_is_refused(checkout: Path) -> None:
    """A template of a name that the generator does not know would be ignored in silence."""
    templates = checkout / "openapi" / "templates"
    (templates / "model.py.jinja").rename(templates / "modle.py.jinja")
    code, _, lines = regenerate(checkout, "--check")

    assert code == 2
    assert "openapi/templates/modle.py.jinja: overrides nothing: the generator has no template of this name" in lines


def test_two_runs_at_once_are_refused(checkout: Path) -> None:
    """The second of two runs on one checkout says so and ends; the system lets go of the lock by itself."""
    folder = os.open(checkout, os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_SH)
    code, _, lines = regenerate(checkout)
    os.close(folder)

    assert code == 2
    assert lines[0] == "another regeneration of this checkout is running: wait for it to end"


@pytest.mark.parametrize(
    ("raised", "said"),
    [
        (RuntimeError("oops"), "regenerate: could not run, by a fault of its own; the tree is whole"),
        (KeyboardInterrupt(), "regenerate: interrupted; the tree is whole"),
    ],
)
def test_a_fault_of_the_program_is_no_drift(monkeypatch: pytest.MonkeyPatch, raised: BaseException, said: str) -> None:
    """Whatever goes wrong inside, the exit code is that of a run that could not be made."""

    def fail(root: Path) -> None:
        raise raised

    monkeypatch.setattr("codegen.toolchain.find", fail)
    code, _, lines = regenerate(ROOT, "--check")

    assert (code, lines[-1]) == (2, said)
