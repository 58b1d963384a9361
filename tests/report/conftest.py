"""Generated packages as plain data: of edited copies of the fragment, and small ones written by hand."""

import functools
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
CHANGES = Path(__file__).with_name("data") / "changes.yaml"
FRAGMENT = CHANGES.with_name("fragment.yaml")
sys.path.insert(0, str(ROOT / "scripts"))

Files = dict[str, bytes | None]

OPERATION = """
def build_request({arguments}): ...
def parse_success(status_code, data) -> {returns}: ...
def sync_detailed({arguments}) -> Response[Fault | {returns}]: ...
"""
RESOURCE = """
class Things:
    def get(self, {method}) -> {returns}:
        return self._sender.parsed(get_thing.OPERATION, {{}})

class ThingsWithRawResponse:
    def get(self, twin) -> Raw:
        return self._sender.raw(get_thing.OPERATION, {{}})
"""
DEFAULTS = {"arguments": "id: str, *, client: Client", "returns": "Thing", "method": ""}


def described(operation: str, verb: str, url: str, answers: dict[str, str], names: dict[str, str]) -> bytes:
    """A document with one operation; `names` are its parameters in the query, with the names that callers give."""
    bodies = {
        status: {"content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}}
        for status, name in answers.items()
    }
    parameters = [{"name": name, "in": "query", "x-argument": argument} for name, argument in names.items()]
    path = {verb: {"operationId": operation, "parameters": parameters, "responses": bodies}}
    schemas: dict[str, Any] = {name: {} for name in answers.values()}
    return yaml.safe_dump({"paths": {url: path}, "components": {"schemas": schemas}}).encode()


@pytest.fixture(scope="session")
def small() -> Callable[..., Files]:
    """A package with one operation, `get_thing`, and the models that are given as source by their module's name.

    `method` is what `client.things.get` takes; without it the package has no resources.
    """

    def make(
        package: str = "package",
        operation: str = "get_thing",
        errors: dict[str, str] | None = None,
        names: dict[str, str] | None = None,
        **given: str,
    ) -> Files:
        parts = {name: given.pop(name, text) for name, text in DEFAULTS.items()}
        request = (operation, given.pop("verb", "get"), given.pop("url", "/things/{id}"))
        answers = {given.pop("success", "200"): parts["returns"].split(" ")[0], **(errors or {"404": "Fault"})}
        document = given.pop("document", "").encode()
        sources = {
            "__init__": "",
            f"api/things/{operation}": OPERATION.format(**parts) + given.pop("more", ""),
            "api/things/__init__": RESOURCE.format(**parts) if parts["method"] else "",
            "client": given.pop("client", "class Client:\n    def close(self) -> None: ..."),
            "models/thing": given.pop("thing", "class Thing:\n    name: str"),
            "models/fault": given.pop("fault", "class Fault:\n    message: str"),
            **{f"models/{name}": source for name, source in given.items()},
        }
        files: Files = {f"{package}/{name}.py": source.encode() for name, source in sources.items()}
        return files | {f"{package}/openapi.yaml": document or described(*request, answers, names or {})}

    return make


@pytest.fixture(scope="session")
def compared() -> Callable[[Files, Files], list[str]]:
    """The lines of the report on two packages, without the last one."""
    from codegen.report import summary

    def compare(old: Files, new: Files) -> list[str]:
        report = summary.make(old, new, "generated", Path("/nonexistent"))
        assert not report.no_comparison
        return [*map(str, report.changes)]

    return compare


@pytest.fixture(scope="session")
def generate() -> Callable[[list[dict[str, str]]], Files]:
    """The output for the report's own fragment after some edits, as the generator makes it: style and stamps apart."""
    from codegen import generate, lower, tree
    from codegen.document import Document, load
    from codegen.report import wire
    from templates import compile_once

    source = FRAGMENT.read_text(encoding="utf-8")
    settings = load(ROOT / "openapi" / "generator.yaml", "generator.yaml")

    @functools.cache
    def made(text: str) -> Files:
        with tempfile.TemporaryDirectory() as scratch, pytest.MonkeyPatch.context() as patch:
            compile_once(patch)
            package, document = Path(scratch, "package"), Document("it", b"", yaml.load(text, wire.LOADER), {})
            lowered = lower.lower(document.data)
            generate.generate(document, lowered, settings, ROOT / "openapi" / "templates", package)
            files = tree.read(package)
        return {f"package/{path}": content for path, content in files.items()} | {"package/openapi.yaml": text.encode()}

    def edited(edits: list[dict[str, str]]) -> Files:
        text = source
        for edit in edits:
            assert edit["old"] in text, f"the fragment no longer says {edit['old']!r}"
            text = text.replace(edit["old"], edit["new"])
        return made(text)

    return edited


@pytest.fixture(scope="session")
def _up_to_date(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from codegen import command

    root = tmp_path_factory.mktemp("report") / "checkout"
    shutil.copytree(ROOT / "openapi", root / "openapi")
    shutil.copy(FRAGMENT, root / "openapi" / "models.yaml")
    for name in ("pyproject.toml", "anthropic_models/_version.py"):
        (root / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    assert command.main([], root) == 0
    return root


@pytest.fixture
def checkout(_up_to_date: Path, tmp_path: Path) -> Path:
    """A checkout with the report's own fragment, in which everything is up to date, and which a test may spoil."""
    return shutil.copytree(_up_to_date, tmp_path / "checkout")


@pytest.fixture(scope="session")
def _built() -> dict[bytes, Files]:
    return {}


@pytest.fixture
def _built_once(_built: dict[bytes, Files], monkeypatch: pytest.MonkeyPatch) -> None:
    """The real build runs once for each fragment; what it is compared with is read each time."""
    from codegen import pipeline, tree

    build = pipeline.build

    def remembered(root: Path, *rest: Any) -> pipeline.Result:
        source = (root / pipeline.FRAGMENT).read_bytes()
        if source not in _built:
            _built[source] = dict(build(root, *rest).new)
        return pipeline.Result(tree.read(root / pipeline.OUTPUT), _built[source])

    monkeypatch.setattr(pipeline, "build", remembered)


@pytest.fixture
def regenerate(_built_once: None, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run the command line of regeneration in this process: gives exit code, stdout, stderr."""
    from codegen import command

    def run(root: Path, *arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = command.main(list(arguments), root)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run
