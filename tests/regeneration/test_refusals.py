"""Input that cannot become a package is refused with exit code 2, and no file is changed."""

import fcntl
import os
from pathlib import Path

from cases import each
from codegen import tree
from regeneration.copies import ROOT, regenerate

MODELS, SETTINGS, TYPES = "openapi/models.yaml", "openapi/generator.yaml", "openapi/templates/types.py.jinja"
PROJECT = "pyproject.toml"
DETAIL, SHARED = "    ErrorDetail:\n", '"""Shared by the generated'
NAME, PIN = "package_name_override: anthropic", '"openapi-python-client=='
LOOP = '    Loop: { type: array, items: { $ref: "#/components/schemas/Loop" } }\n'
MODEL = (ROOT / MODELS).read_text(encoding="utf-8").split("    ModelInfo:\n")[0].count("\n") + 1

# (file, old text, new text, message: at the line of the old text if it begins with a colon)
REFUSED = [
    (MODELS, "    get:\n      operationId: retrieve_model\n", "    get:\n", ": GET /v1/models/{model_id} has no"),
    (MODELS, DETAIL, LOOP + DETAIL, ": the generator rejects this: invalid data in items of array"),
    (MODELS, DETAIL, f"    One: {{ type: object, title: ErrorDetail }}\n{DETAIL}", f"{MODELS}:"),
    (MODELS, "tags: [models]", "tags: [model_info]", f"{MODELS}:{MODEL}: `ModelInfo` is already a name"),
    (SETTINGS, "literal_enums", "literal_enum", ": `literal_enum` is invalid for the generator: Extra"),
    (SETTINGS, "post_hooks: []", "post_hooks: [ruff]", ": `post_hooks` is invalid for the generator: List should"),
    (SETTINGS, NAME, f"{NAME}-", ": `package_name_override` is invalid for the generator: String should match"),
    (TYPES, SHARED, "{{ nothing.at_all }}", ": the generator stopped: UndefinedError: 'nothing' is"),
    (TYPES, SHARED, "{% if %}", ": the generator stopped: TemplateSyntaxError: "),
    (TYPES, SHARED, "def (", "the formatter rejects the generated code, a template is wrong: error: Failed to parse"),
    (PROJECT, PIN, f"{PIN}9", "openapi-python-client "),
    (PROJECT, '"ruff==', '"ruff==9', "ruff "),
    (PROJECT, '"PyYAML==', '"no-such-tool==', "no-such-tool is not installed for this Python, pyproject.toml pins "),
    (PROJECT, PIN, PIN.replace("==", ">="), f"{PROJECT}: has no 'openapi-python-client': "),
    (PROJECT, "generate = [", "others = [", f"{PROJECT}: has no 'generate': "),
    (PROJECT, "dependency-groups", "groups", f"{PROJECT}: has no 'dependency-groups': "),
    (PROJECT, "[build-system]", "[build", f"{PROJECT}: cannot be read: "),
]


@each(("file", "old", "new", "message"), REFUSED)
def test_invalid_input_is_refused(checkout, edit, file, old, new, message):
    """The first line has the place and the reason; the last one states that nothing was changed, which is true."""
    steps = tuple(f"regenerate: {step}" for step in ("lint", "generate with", "format with", "test"))
    source = (checkout / file).read_text(encoding="utf-8")
    edit(checkout / file, old, new)
    before = tree.read(checkout)
    code, out, lines = regenerate(checkout)
    after = tree.read(checkout)
    (checkout / file).write_text(source, encoding="utf-8")
    first, *rest = [line for line in lines if not line.startswith(steps)]
    line = source.split(old)[0].count("\n") + 1
    place = f"{file}:{line}" if message.startswith(":") else ""

    assert (code, out, rest, after) == (2, [], ["regenerate: could not run; nothing was changed"], before)
    assert first.startswith(place + message)


def test_a_missing_file_and_an_unknown_template_are_reported(checkout):
    """A template with a name that the generator does not know is an error, not silently ignored."""
    for file in (MODELS, SETTINGS):
        (checkout / file).rename(checkout / "kept")
        assert f"{file}: cannot be read: No such file or directory" in regenerate(checkout, "--check")[2]
        (checkout / "kept").rename(checkout / file)
    templates = checkout / "openapi" / "templates"
    (templates / "model.py.jinja").rename(templates / "modle.py.jinja")
    code, _, lines = regenerate(checkout, "--check")

    assert code == 2
    assert "openapi/templates/modle.py.jinja: overrides nothing: the generator has no template of this name" in lines


def test_a_second_run_at_once_is_refused(checkout):
    """While one run has the lock of a checkout, another run ends with exit code 2."""
    folder = os.open(checkout, os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_SH)
    code, _, lines = regenerate(checkout)
    os.close(folder)

    assert code == 2
    assert lines[0] == "another regeneration of this checkout is running: wait for it to end"


@each(
    ("raised", "message"),
    [
        (RuntimeError("oops"), "regenerate: could not run because of an internal error; generated/ is complete"),
        (KeyboardInterrupt(), "regenerate: interrupted; generated/ is complete"),
    ],
)
def test_an_internal_error_is_not_drift(monkeypatch, raised, message):
    """After an internal error or an interrupt, the exit code is 2, not that of a difference."""

    def fail(root: Path) -> None:
        raise raised

    monkeypatch.setattr("codegen.toolchain.find", fail)
    code, _, lines = regenerate(ROOT, "--check")

    assert (code, lines[-1]) == (2, message)
