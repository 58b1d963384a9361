"""The maintainer's promise: what is added to the fragment reaches callers by regeneration alone."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from growing import CONSUMER, MODEL, PAGE, RUN, TYPED, grow

ROOT = Path(__file__).resolve().parents[2]
FRAGMENT = Path("openapi", "models.yaml")


def run(folder: Path, *arguments: str, variable: str = "PYTHONPATH") -> "subprocess.CompletedProcess[str]":
    """Run Python with a folder's own packages; the variable tells where they are."""
    command = [sys.executable, *arguments]
    environment = {**os.environ, variable: os.pathsep.join(map(str, (folder, folder / "generated")))}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def content(checkout: Path) -> dict[str, bytes]:
    """Every file of a checkout, but for those that Python keeps for itself."""
    names = (path for path in checkout.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(checkout).as_posix(): path.read_bytes() for path in names}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What regeneration and the client need of this checkout, with a fragment that has grown."""
    checkout = tmp_path_factory.mktemp("grown")
    for name in ("openapi", "generated", "scripts", "anthropic_models"):
        shutil.copytree(ROOT / name, checkout / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", checkout)
    fragment = yaml.safe_load((checkout / FRAGMENT).read_text(encoding="utf-8"))
    grow(fragment)
    (checkout / FRAGMENT).write_text(json.dumps(fragment, indent=2), encoding="utf-8")  # which is YAML too
    return checkout


@pytest.fixture(scope="module")
def changed(checkout: Path) -> list[str]:
    """The files that `scripts/regenerate.py` changes or adds in it."""
    before = content(checkout)
    done = run(checkout, "scripts/regenerate.py")
    assert done.returncode == 0, done.stderr
    after = content(checkout)
    return sorted(name for name in after.keys() | before.keys() if after.get(name) != before.get(name))


@pytest.fixture(scope="module")
def grown(checkout: Path, changed: list[str]) -> Path:
    """The checkout after that."""
    assert changed
    return checkout


@pytest.fixture(scope="module")
def told(grown: Path) -> Any:
    """What a program found that uses all that is new, with both kinds of client and the local server."""
    done = run(grown, "-W", "error", "-c", RUN)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(params=["sync", "async"])
def found(told: Any, request: pytest.FixtureRequest) -> Any:
    """The part of it that one kind of client found."""
    return told[request.param]


def test_nothing_but_the_generated_package_changes(grown, changed, told):
    """No script and no glue is touched by the command or by hand, and the program has used just these files."""
    assert {name.split("/")[0] for name in changed} == {"generated"}
    assert "generated/anthropic_models_api/api/models/list_models.py" in changed
    assert all(Path(file).is_relative_to(grown) for file in told["from"])


def test_a_new_field_reaches_the_caller(found):
    """As a number or as null; null as well if it is absent, which a round trip keeps; another type is an error."""
    assert (found["number"], found["null"], found["absent"]) == (200_000, None, ["None", False])
    assert "max_input_tokens: expected an integer" in found["wrong"]


def test_a_new_optional_header_reaches_the_wire(found):
    """Under its own name where it is given, beside the new beta value, and not at all where it is not."""
    nothing, both = [[], []], [["xy"], ["new-2030-01-01"]]

    assert found["headers"] == [nothing, nothing, both, nothing]


def test_the_requests_obey_the_fragment_that_has_grown(told, found):
    """The local server judges by the new fragment as well, the header's minimal length included."""
    assert (found["errors"], told["list errors"]) == ([[]] * 4, [[], []])


def test_a_second_operation_can_be_called(told):
    """By the client and by the generated package alone; its answer is made of the models that were there before."""
    assert told["listed"] == told["page"] == PAGE == {"data": [MODEL], "has_more": False}


@pytest.fixture(scope="module")
def complaints(grown: Path) -> list[str]:
    """What mypy says, in strict mode, of two programs: one uses all that is new, one the generated package alone."""
    for name, program in {"typed.py": TYPED, "consumer.py": CONSUMER}.items():
        (grown / name).write_text(program, encoding="utf-8")
    arguments = ["--strict", "--config-file=", "--cache-dir", os.devnull, "--no-error-summary"]
    done = run(grown, "-m", "mypy", *arguments, "typed.py", "consumer.py", variable="MYPYPATH")
    assert done.returncode in (0, 1), done.stderr
    return done.stdout.splitlines()


def test_all_that_is_new_is_typed(complaints):
    """mypy finds the new field, parameter, beta value and operation; and finds what does not exist to be wrong."""
    assert [line for line in complaints if not line.startswith("consumer.py:")] == []


def test_a_consumer_passes_the_strictest_check_of_types(complaints):
    """mypy has nothing to say of correct use of the package alone, and finds a wrong argument, a typo and a write."""
    errors = [line.split("error: ")[1] for line in complaints if line.startswith("consumer.py:") and "error: " in line]

    assert errors == [
        'Argument 1 to "sync" has incompatible type "int"; expected "str"  [arg-type]',
        '"ModelInfo" has no attribute "misspelt"  [attr-defined]',
        'Property "type" defined in "ModelInfo" is read-only  [misc]',
    ]
