"""Copies of the checkout in which the fragment is another, regenerated; and programs that use them."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
NEEDED = ("openapi", "scripts/codegen", "anthropic_models", "generated")


def copied(folder: Path) -> Path:
    """What regeneration and the client need of the checkout."""
    for name in NEEDED:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "scripts/regenerate.py"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def regenerated(folder: Path, change: Callable[[Any], None]) -> Path:
    """A copy after a change of its fragment. Raises AssertionError with what regeneration said if it fails."""
    copied(folder)
    path = folder / "openapi" / "models.yaml"
    fragment = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(fragment)
    # As JSON, which is YAML without aliases.
    path.write_text(json.dumps(fragment, indent=1), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(folder / "scripts" / "regenerate.py")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder


def result_of(folder: Path, program: str, *arguments: object) -> Any:
    """What a program that imports the copy's packages prints as JSON; its arguments are JSON too."""
    begin = f"import json, sys\nsys.path[:0] = [{str(folder)!r}, {str(folder / 'generated')!r}]\n"
    command = [sys.executable, "-W", "error", "-c", begin + program, *map(json.dumps, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def complaints_of_mypy(folder: Path, *paths: Path) -> list[str]:
    """What mypy says in strict mode of these files, as they use the copy's packages."""
    settings = f"""[mypy]
strict = true
show_absolute_path = true
mypy_path = {folder}:{folder / "generated"}
cache_dir = {folder / "cache"}
"""
    (folder / "mypy.ini").write_text(settings, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--config-file", str(folder / "mypy.ini"), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    return [line for line in done.stdout.splitlines() if ": error: " in line and line.startswith((*map(str, paths),))]


def complaints_of_pyright(folder: Path, *paths: Path) -> list[str]:
    """What pyright says in strict mode of these files, but for imports that nobody needs."""
    settings = {
        "typeCheckingMode": "strict",
        "reportUnusedImport": False,
        "include": [str(path) for path in paths],
        "extraPaths": [str(folder), str(folder / "generated")],
        "pythonVersion": "3.11",
    }
    (folder / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    command = [sys.executable, "-m", "basedpyright", "--project", str(folder), "--pythonpath", sys.executable]
    done = subprocess.run([*command, "--outputjson"], capture_output=True, text=True, check=False, cwd=folder)
    found = json.loads(done.stdout)["generalDiagnostics"]
    return [f"{each['file']}:{each['range']['start']['line'] + 1}: {each['message']}" for each in found]
