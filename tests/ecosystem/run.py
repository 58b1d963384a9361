"""Check that tracers see the calls of the clients: `make test-ecosystem`.

They cannot be installed together, so each is installed in its pinned version, with what this package needs, in a
temporary environment, in which `watched.py` runs. Exits 1 if one does not see our calls as it sees httpx's.
"""

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TOOLS = {
    # It replaces httpx's class. It imports pkg_resources, which later versions of setuptools lack.
    "opentelemetry 0.48b0": [
        "opentelemetry-instrumentation-httpx==0.48b0",
        "opentelemetry-sdk==1.27.0",
        "setuptools<81",
    ],
    "opentelemetry 0.66b2": ["opentelemetry-instrumentation-httpx==0.66b2", "opentelemetry-sdk==1.45.2"],
    "sentry 2.75.0": ["sentry-sdk==2.75.0"],
}


def main():
    """Try each tool; returns the exit code."""
    failed = [tool for tool, packages in TOOLS.items() if not _tried(tool, packages)]
    return 1 if failed else 0


def _tried(tool, packages):
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = str(Path(folder) / "bin" / "python")
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "httpx==0.28.1", "attrs", "PyYAML", *packages], check=True)
        paths = os.pathsep.join(str(ROOT / each) for each in ("", "generated", "tests"))
        environment = {**os.environ, "PYTHONPATH": paths}
        command = [python, "-W", "ignore", str(HERE / "watched.py"), tool.split()[0]]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    verdict = "sees our calls as it sees httpx's" if done.returncode == 0 else "FAILS"
    print(f"{tool} {verdict}\n{done.stdout}{done.stderr}".rstrip())  # noqa: T201
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
