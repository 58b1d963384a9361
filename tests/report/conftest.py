"""Generated packages as plain data: of edited copies of the fragment, and small ones written by hand."""

import functools
import json
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
def _get_kwargs({arguments}):
    _kwargs = {{"method": "{method}", "url": "{url}".format(id=id)}}
    return _kwargs

def _parse_response(*, client, response):
    if response.status_code == {success}:
        return {result}.from_dict(response.json())
{errors}
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return None

def sync_detailed({arguments}) -> Response[{returns}]:
    return _build_response(client=client, response=client.request(**kwargs))
"""
ERROR = """
    if response.status_code == {}:
        return {}.from_dict(response.json())
"""
DEFAULTS = {
    "arguments": "id: str, *, client: Client",
    "method": "get",
    "url": "/things/{id}",
    "success": "200",
    "result": "Thing",
    "returns": "Fault | Thing",
}


@pytest.fixture(scope="session")
def small() -> Callable[..., Files]:
    """A package with one operation, `get_thing`, and the models that are given as source by their module's name."""

    def make(package: str = "package", errors: dict[str, str] | None = None, **given: str) -> Files:
        operation = {name: given.pop(name, text) for name, text in DEFAULTS.items()}
        told = "".join(ERROR.format(*item) for item in (errors or {"404": "Fault"}).items())
        files = {"thing": "class Thing:\n    name: str", "fault": "class Fault:\n    message: str", **given}
        sources = {
            "__init__": "",
            "api/things/get_thing": OPERATION.format(errors=told, **operation) + given.pop("more", ""),
            "client": files.pop("client", "class Client:\n    def close(self) -> None: ..."),
            **{f"models/{name}": source for name, source in files.items() if name not in ("more", "document")},
        }
        document = {f"{package}/openapi.yaml": given["document"].encode()} if "document" in given else {}
        return {f"{package}/{name}.py": source.encode() for name, source in sources.items()} | document

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
    from codegen import arguments, generator, lower, tree
    from codegen.report import wire
    from templates import compile_once

    source = FRAGMENT.read_text(encoding="utf-8")
    settings = yaml.safe_load((ROOT / "openapi" / "generator.yaml").read_text(encoding="utf-8"))

    @functools.cache
    def made(text: str) -> Files:
        with tempfile.TemporaryDirectory() as scratch, pytest.MonkeyPatch.context() as patch:
            compile_once(patch)
            document, package = Path(scratch, "document.json"), Path(scratch, "package")
            data = yaml.load(text, wire.LOADER)
            document.write_text(json.dumps(lower.lower(data)), encoding="utf-8")
            request = {"document": str(document), "package": str(package), "settings": settings}
            rest = {"templates": str(ROOT / "openapi" / "templates"), "operations": arguments.of(data), "schemas": {}}
            result = generator.answer({**request, **rest})
            assert (result["crash"], result["errors"]) == (None, [])
            files = tree.read(package)
        return {f"package/{path}": content for path, content in files.items()} | {"package/openapi.yaml": text.encode()}

    def edited(edits: list[dict[str, str]]) -> Files:
        text = source
        for edit in edits:
            assert edit["old"] in text, f"the fragment no longer says {edit['old']!r}"
            text = text.replace(edit["old"], edit["new"])
        return made(text)

    return edited


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy in which everything is up to date, and which a test may spoil."""
    copy = tmp_path / "checkout"
    for name in ("openapi", "generated"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "anthropic_models/_version.py"):
        (copy / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, copy / name)
    return copy


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
