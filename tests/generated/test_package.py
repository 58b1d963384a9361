"""The generated package as a distribution's part: alone, stamped, typed, marked for reviewers."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "generated" / "anthropic_models_api"

CONSUMER = """
from typing import Literal

from anthropic_models_api import AuthenticatedClient
from anthropic_models_api.api.models import retrieve_model
from anthropic_models_api.models import ErrorResponse, ModelInfo
from anthropic_models_api.types import Response, Unset


def known(client: AuthenticatedClient) -> Literal["model"]:
    answer: Response[ErrorResponse | ModelInfo] = retrieve_model.sync_detailed("m", client=client)
    if isinstance(answer.parsed, ErrorResponse):
        raise RuntimeError(answer.parsed.error.message, answer.status_code + 1)
    assert answer.parsed is not None
    return answer.parsed.type


async def later(client: AuthenticatedClient) -> ModelInfo | ErrorResponse | None:
    async with client:
        return await retrieve_model.asyncio("m", client=client, anthropic_beta="a,b")


def wrong(client: AuthenticatedClient, info: ModelInfo) -> None:
    retrieve_model.sync(7, client=client)
    info.misspelt
    info.type = "model"
"""


def test_it_works_with_nothing_else_of_ours() -> None:
    """Imported from its folder alone, it brings in neither the glue nor a reader of YAML."""
    script = """
import sys
sys.path = [entry for entry in sys.path if entry != sys.argv[2]]
sys.modules["anthropic_models"] = sys.modules["yaml"] = sys.modules["openapi_core"] = None
sys.path.insert(0, sys.argv[1])
from anthropic_models_api.api.models import retrieve_model
import anthropic_models_api
print(anthropic_models_api.__file__, callable(retrieve_model.sync), callable(retrieve_model.asyncio))
"""
    command = [sys.executable, "-I", "-W", "error", "-c", script, str(PACKAGE.parent), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.stderr == ""
    assert done.stdout == f"{PACKAGE / '__init__.py'} True True\n"


def test_every_module_says_that_it_is_generated() -> None:
    """The first line of every file of Python names the fragment and the generator, and says not to edit."""
    modules = sorted(PACKAGE.rglob("*.py"))
    first = {path.read_text(encoding="utf-8").split("\n", 1)[0] for path in modules}

    assert len(modules) > 8
    assert len(first) == 1
    assert first.pop().startswith("# Generated from openapi/models.yaml by openapi-python-client ")


def test_it_is_typed_and_carries_the_fragment() -> None:
    """`py.typed` is there, and the very fragment that it was made from."""
    assert (PACKAGE / "py.typed").read_bytes() == b""
    assert (PACKAGE / "openapi.yaml").read_bytes() == (ROOT / "openapi" / "models.yaml").read_bytes()


def test_reviewers_see_it_folded() -> None:
    """git knows every file of the output as generated, and the fragment and the scripts as written by hand."""
    outputs = [str(path.relative_to(ROOT)) for path in (ROOT / "generated").rglob("*") if path.suffix != ".pyc"]
    command = [
        "git",
        "check-attr",
        "linguist-generated",
        "--",
        *outputs,
        "openapi/models.yaml",
        "scripts/regenerate.py",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    said = dict(line.rsplit(": ", 2)[::2] for line in done.stdout.splitlines())

    assert {said.pop("openapi/models.yaml"), said.pop("scripts/regenerate.py")} == {"unspecified"}
    assert len(said) > 10
    assert set(said.values()) == {"set"}


def test_a_consumer_passes_the_strictest_check_of_types(tmp_path: Path) -> None:
    """mypy in strict mode has nothing to say of correct use, and finds a wrong argument, a typo and a write."""
    consumer = tmp_path / "consumer.py"
    consumer.write_text(CONSUMER, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", f"--cache-dir={tmp_path}", str(consumer)]
    environment = {"MYPYPATH": str(PACKAGE.parent), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    errors = [line.split("error: ")[1] for line in done.stdout.splitlines() if "error: " in line]

    assert errors == [
        'Argument 1 to "sync" has incompatible type "int"; expected "str"  [arg-type]',
        '"ModelInfo" has no attribute "misspelt"  [attr-defined]',
        'Property "type" defined in "ModelInfo" is read-only  [misc]',
    ], done.stdout + done.stderr
