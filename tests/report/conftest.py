"""Generated packages as plain data: from edited copies of the fragment, and small ones written by hand."""

import functools
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from codegen import command, generate, lower, pipeline, tree
from codegen.document import Document, load
from codegen.report import summary, wire
from templates import compile_once

ROOT = Path(__file__).resolve().parents[2]
CHANGES = Path(__file__).with_name("data") / "changes.yaml"
FRAGMENT = CHANGES.with_name("fragment.yaml")
Files = dict[str, bytes | None]

MODULE = """
def build_request({0}): ...
def parse_success(status_code, data) -> {1}: ...
def sync_detailed({0}) -> Response[Fault | {1}]: ...
"""
RESOURCE = """
class Things:
    def get(self, {0}) -> {1}:
        return self._sender.parsed({2}.OPERATION, {{}})

class ThingsWithRawResponse:
    def get(self, twin) -> Raw:
        return self._sender.raw({2}.OPERATION, {{}})
"""


def described(operation: str, request: str, responses: dict[str, str], names: dict[str, str]) -> bytes:
    """An OpenAPI document with one operation; `names` maps its query parameters to the arguments of the method."""
    verb, url = request.split()
    bodies = {
        status: {"content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}}
        for status, name in responses.items()
    }
    parameters = [{"name": name, "in": "query", "x-argument": argument} for name, argument in names.items()]
    path = {verb: {"operationId": operation, "parameters": parameters, "responses": bodies}}
    schemas: dict[str, Any] = {name: {} for name in responses.values()}
    return yaml.safe_dump({"paths": {url: path}, "components": {"schemas": schemas}}).encode()


@pytest.fixture(scope="session")
def small():
    """A package with one operation, `client.things.get`, and the models that are given as source.

    `params` are the parameters of its method and its functions; `files` maps paths to sources.
    """

    def make(
        params="id: str, *",
        returns="Thing",
        method="",
        function="",
        operation="get_thing",
        request="get /things/{id}",
        success="200",
        errors=None,
        names=None,
        package="package",
        document="",
        files=None,
        **models,
    ):
        responses = {success: returns.split(" ")[0], **(errors or {"404": "Fault"})}
        classes = {"thing": "class Thing:\n    name: str", "fault": "class Fault:\n    message: str"}
        sources = {
            "__init__": "",
            f"api/things/{operation}": MODULE.format(function or f"{params}, client: Client", returns),
            "api/things/__init__": RESOURCE.format(method or f"{params}, timeout: float = 60", returns, operation),
            "client": "class Client:\n    def close(self) -> None: ...",
            **{f"models/{name}": source for name, source in {**classes, **models}.items()},
            **(files or {}),
        }
        made: Files = {f"{package}/{name}.py": source.encode() for name, source in sources.items()}
        return {
            **made,
            f"{package}/openapi.yaml": document.encode() or described(operation, request, responses, names or {}),
        }

    return make


@pytest.fixture(scope="session")
def compared():
    """The lines of the report on two packages, without the last one."""

    def compare(old, new):
        report = summary.make(old, new, "generated", Path("/nonexistent"))
        assert not report.reason
        return [*map(str, report.changes)]

    return compare


@pytest.fixture(scope="session")
def _made():
    """What the generator makes of the text of a fragment, without formatting and file headers."""
    settings = load(ROOT / "openapi" / "generator.yaml", "generator.yaml")

    @functools.cache
    def made(text):
        with tempfile.TemporaryDirectory() as scratch, pytest.MonkeyPatch.context() as patch:
            compile_once(patch)
            document = Document("it", b"", yaml.load(text, wire.LOADER), {})
            lowered, templates = lower.lower(document.data), ROOT / "openapi" / "templates"
            package = generate.generate(document, lowered, settings, templates, Path(scratch))
            files = tree.read(package)
        return {f"package/{path}": content for path, content in files.items()} | {"package/openapi.yaml": text.encode()}

    return made


@pytest.fixture(scope="session")
def generated(_made):
    """The generated package of the report's own fragment after some edits."""

    def edited(edits):
        text = FRAGMENT.read_text(encoding="utf-8")
        for edit in edits:
            assert edit["old"] in text, f"the fragment no longer has {edit['old']!r}"
            text = text.replace(edit["old"], edit["new"])
        return _made(text)

    return edited


@pytest.fixture
def regenerate(_made, capsys, monkeypatch):
    """Run the command in this process with these packages; returns exit code, stdout and stderr."""

    def build(root, *_):
        made = _made((root / pipeline.FRAGMENT).read_text(encoding="utf-8"))
        return pipeline.Result(tree.read(root / pipeline.OUTPUT), made)

    def run(root, *arguments):
        capsys.readouterr()
        code = command.main(list(arguments), root)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    monkeypatch.setattr(pipeline, "build", build)
    return run


@pytest.fixture
def checkout(regenerate, tmp_path):
    """A checkout of the report's own fragment, in which generated/ is up to date."""
    root = tmp_path / "checkout"
    (root / "openapi").mkdir(parents=True)
    (root / "anthropic_models").mkdir()
    shutil.copy(FRAGMENT, root / "openapi" / "models.yaml")
    for name in ("pyproject.toml", "anthropic_models/_version.py"):
        shutil.copy(ROOT / name, root / name)
    assert regenerate(root)[0] == 0
    return root
