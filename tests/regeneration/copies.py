"""Copies of the checkout, regenerated from a changed fragment, and programs that use them."""

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
    """Copy what regeneration and the client need of the checkout, and these files or folders."""
    for name in (*NEEDED, *more):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_file():
            shutil.copy(ROOT / name, folder / name)
        else:
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def regenerate(folder: Path, *arguments: str) -> tuple[int, list[str], list[str]]:
    """Run the command in this process; returns the exit code, the lines of stdout, the lines of stderr."""
    out, err = io.StringIO(), io.StringIO()
    streams = contextlib.redirect_stdout(out), contextlib.redirect_stderr(err)
    with pytest.MonkeyPatch.context() as patch, streams[0], streams[1]:
        compile_once(patch)
        code = command.main(list(arguments), folder)
    return code, out.getvalue().splitlines(), err.getvalue().splitlines()


def changed(folder: Path, change: Callable[[Any], None]) -> Path:
    """Change a copy's fragment and regenerate. Raises AssertionError with the lines of stderr if that fails."""
    path = folder / "openapi" / "models.yaml"
    fragment = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(fragment)
    # As JSON, which is YAML without aliases.
    path.write_text(json.dumps(fragment, indent=1), encoding="utf-8")
    code, _, err = regenerate(folder)
    assert code == 0, err
    return folder


def result_of(folder: Path, program: str, *arguments: object) -> Any:
    """Run a program that imports the copy's packages; its arguments and its output, which is returned, are JSON."""
    begin = f"import json, sys\nsys.path[:0] = [{str(folder)!r}, {str(folder / 'generated')!r}]\n"
    command = [sys.executable, "-W", "error", "-c", begin + program, *map(json.dumps, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def mypy_errors(folder: Path, *names: str) -> list[str]:
    """The errors of mypy in strict mode in these files or folders of the copy."""
    # The cache has what all copies share, such as httpx; the paths in it are relative to a copy.
    cache = ROOT / ".mypy_cache" / f"copies-{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    settings = f"[mypy]\nstrict = true\nmypy_path = .:generated\ncache_dir = {cache}\n"
    (folder / "mypy.ini").write_text(settings, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--config-file", "mypy.ini", *names]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    assert done.returncode in (0, 1), done.stderr
    return [line for line in done.stdout.splitlines() if ": error: " in line and line.startswith(names)]


def pyright_errors(folder: Path, *names: str) -> list[str]:
    """The errors of pyright in strict mode in these files or folders, except for unused imports."""
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
