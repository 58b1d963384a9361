"""Copies of the checkout in which the fragment is another, regenerated; and programs that use them."""

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from codegen import command
from templates import compile_once

ROOT = Path(__file__).resolve().parents[2]
NEEDED = ("openapi", "anthropic_models", "generated", "pyproject.toml")


def copied(folder: Path, *more: str) -> Path:
    """What regeneration and the client need of the checkout, and these files or folders too."""
    for name in (*NEEDED, *more):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_file():
            shutil.copy(ROOT / name, folder / name)
        else:
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def regenerate(folder: Path, *arguments: str) -> tuple[int, list[str], list[str]]:
    """Run the program's command line in this process: gives exit code, lines of stdout, lines of stderr."""
    out, said = io.StringIO(), io.StringIO()
    streams = contextlib.redirect_stdout(out), contextlib.redirect_stderr(said)
    with pytest.MonkeyPatch.context() as patch, streams[0], streams[1]:
        compile_once(patch)
        code = command.main(list(arguments), folder)
    return code, out.getvalue().splitlines(), said.getvalue().splitlines()


def changed(folder: Path, change: Callable[[Any], None]) -> Path:
    """Change a copy's fragment and regenerate. Raises AssertionError with what regeneration said if it fails."""
    path = folder / "openapi" / "models.yaml"
    fragment = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(fragment)
    # As JSON, which is YAML without aliases.
    path.write_text(json.dumps(fragment, indent=1), encoding="utf-8")
    code, _, said = regenerate(folder)
    assert code == 0, said
    return folder


def result_of(folder: Path, program: str, *arguments: object) -> Any:
    """What a program that imports the copy's packages prints as JSON; its arguments are JSON too."""
    begin = f"import json, sys\nsys.path[:0] = [{str(folder)!r}, {str(folder / 'generated')!r}]\n"
    command = [sys.executable, "-W", "error", "-c", begin + program, *map(json.dumps, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def complaints_of_mypy(folder: Path, *names: str) -> list[str]:
    """What mypy says in strict mode of these files or folders of the copy, as they use its packages."""
    # What all copies share, such as httpx, is read once. Paths are relative, because they are in the cache too.
    cache = ROOT / ".mypy_cache" / f"copies-{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    settings = f"[mypy]\nstrict = true\nmypy_path = .:generated\ncache_dir = {cache}\n"
    (folder / "mypy.ini").write_text(settings, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--config-file", "mypy.ini", *names]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    assert done.returncode in (0, 1), done.stderr
    return [line for line in done.stdout.splitlines() if ": error: " in line and line.startswith(names)]


def complaints_of_pyright(folder: Path, *names: str) -> list[str]:
    """The same of pyright, but for imports that nobody needs."""
    settings = {
        "typeCheckingMode": "strict",
        "reportUnusedImport": False,
        "include": names,
        "extraPaths": [str(folder), str(folder / "generated")],
        "pythonVersion": "3.11",
    }
    (folder / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    command = [sys.executable, "-m", "basedpyright", "--project", str(folder), "--pythonpath", sys.executable]
    done = subprocess.run([*command, "--outputjson"], capture_output=True, text=True, check=False, cwd=folder)
    found = json.loads(done.stdout)["generalDiagnostics"]
    places = [(Path(each["file"]).relative_to(folder), each["range"]["start"]["line"] + 1) for each in found]
    return [f"{file}:{line}: {each['message']}" for (file, line), each in zip(places, found, strict=True)]
