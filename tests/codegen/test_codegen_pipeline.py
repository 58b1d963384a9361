"""The steps of regeneration in their order: what each gets, and what comes of it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from codegen import generate, pipeline, toolchain
from codegen.document import Document

Load = Callable[[str], Any]
Refused = Callable[..., list[str]]

TOOLS = toolchain.Toolchain({"openapi-python-client": "1.2", "ruff": "0.3"}, "/tools/ruff")
FRAGMENT = """# é
openapi: 3.1.0
info: { title: Small, version: x }
security: [{ Key: [] }]
paths:
  /: { get: { operationId: do, responses: { "204": { description: Done. } } } }
components: { securitySchemes: { Key: { type: apiKey, in: header, name: k } } }
"""
SETTINGS = "package_name_override: small_api\npost_hooks: []\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout with a fragment, settings and two templates."""
    files = {"models.yaml": FRAGMENT, "generator.yaml": SETTINGS, "templates/a.jinja": "a", "templates/b/c.jinja": "c"}
    for name, text in files.items():
        (tmp_path / "openapi" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "openapi" / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def generated(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What the generator was given; it makes two modules and leaves some bytecode."""
    given: list[tuple[Any, ...]] = []

    def make(*arguments: Any) -> None:
        given.append(arguments)
        package = arguments[-1]
        (package / "models" / "__pycache__").mkdir(parents=True)
        (package / "models" / "__pycache__" / "a.pyc").touch()
        (package / "models" / "a.py").write_text("x = 1\n", encoding="utf-8")
        (package / "__init__.py").touch()

    monkeypatch.setattr(generate, "generate", make)
    return given


def build(root: Path) -> tuple[pipeline.Result, list[str]]:
    """The result, and the steps that were said."""
    said: list[str] = []
    return pipeline.build(root, TOOLS, said.append), said


def test_the_output_is_made_in_four_steps(root: Path, generated: Any, programs: Any) -> None:
    """Each is said before it begins; the stamp and the lock name what it was made from and with."""
    (root / "generated").mkdir()
    (root / "generated" / "old").write_bytes(b"old")
    result, said = build(root)
    head = b"# Generated from openapi/models.yaml by openapi-python-client 1.2: do not edit, run `make regenerate`.\n\n"
    lock = json.loads(result.new["lock.json"] or b"")

    assert said == ["lint", "generate with openapi-python-client 1.2", "format with ruff 0.3"]
    assert result.old == {"old": b"old"}
    assert {name: content for name, content in result.new.items() if name != "lock.json"} == {
        "small_api/__init__.py": head,
        "small_api/models/a.py": head + b"x = 1\n",
        "small_api/openapi.yaml": FRAGMENT.encode(),
        "small_api/py.typed": b"",
    }
    assert lock["tools"] == dict(TOOLS.versions)
    assert {kind: sorted(lock[kind]) for kind in ("inputs", "output")} == {
        "inputs": [
            "openapi/generator.yaml",
            "openapi/models.yaml",
            "openapi/templates/a.jinja",
            "openapi/templates/b/c.jinja",
        ],
        "output": [
            "small_api/__init__.py",
            "small_api/models/a.py",
            "small_api/openapi.yaml",
            "small_api/py.typed",
        ],
    }
    assert [change.path for change in result.changes] == sorted([*result.new, "old"])


def test_the_generator_gets_the_lowered_fragment(root: Path, generated: Any, programs: Any) -> None:
    """Beside the fragment itself, the settings and the templates; it works in a folder that is gone afterwards."""
    build(root)
    ((fragment, data, settings, templates, package),) = generated
    (formatter,) = programs.ran

    assert (fragment.name, settings.name) == ("openapi/models.yaml", "openapi/generator.yaml")
    assert (fragment.source, settings.source) == (FRAGMENT.encode(), SETTINGS.encode())
    assert "security" not in fragment.data["paths"]["/"]["get"]
    assert data["paths"]["/"]["get"]["security"] == [{"Key": []}]
    assert (templates, package.name) == (root / "openapi" / "templates", "small_api")
    assert package.parent.name.startswith("regenerate-")
    assert not package.parent.exists()
    assert (formatter[0][0], formatter[1]["cwd"]) == ("/tools/ruff", package)


def test_a_fragment_with_faults_is_not_generated_from(root: Path, generated: Any, refused: Refused) -> None:
    """Nor one whose settings are not right."""
    (root / "openapi" / "generator.yaml").write_text("post_hooks: []\n", encoding="utf-8")
    settings = refused(build, root)
    (root / "openapi" / "models.yaml").write_text(FRAGMENT.replace("operationId: do, ", ""), encoding="utf-8")

    assert settings == ["openapi/generator.yaml:1: `package_name_override` names the package"]
    assert refused(build, root) == ["openapi/models.yaml:6: GET / has no operationId: it names the generated function"]
    assert generated == []


def test_settings_name_the_package_and_run_nothing(load: Load, refused: Refused) -> None:
    """A name that Python can import, and an empty list of hooks; anything else is told where it stands."""
    texts = {
        "post_hooks: []\npackage_name_override: a-b": "it.yaml:2: `package_name_override` names the package",
        "post_hooks: []\npackage_name_override: 5": "it.yaml:2: `package_name_override` names the package",
        "[a, b]": "it.yaml:1: `package_name_override` names the package",
        "# only\npackage_name_override: a": "it.yaml:2: `post_hooks` has to be `[]`: hooks run whatever is on PATH",
        "package_name_override: a\npost_hooks: [x]": (
            "it.yaml:2: `post_hooks` has to be `[]`: hooks run whatever is on PATH"
        ),
        "package_name_override: a\npost_hooks: null": (
            "it.yaml:2: `post_hooks` has to be `[]`: hooks run whatever is on PATH"
        ),
    }

    assert {text: refused(pipeline._package_name, load(text)) for text in texts} == {
        text: [said] for text, said in texts.items()
    }
    assert pipeline._package_name(load(SETTINGS)) == "small_api"


def test_the_lowered_document_is_shown_for_people(root: Path) -> None:
    """By two spaces, with letters as they are, in the order of the fragment."""
    fragment, data = pipeline.lowered(root)

    assert isinstance(fragment, Document)
    assert pipeline.dump(data["paths"]["/"]["get"]["responses"]) == (
        '{\n  "204": {\n    "description": "Done."\n  }\n}'
    )
    assert pipeline.dump(["é"]) == '[\n  "é"\n]'
