"""Installs the servers that these tests need, then runs the tests: `make test-independent`.

Arguments are passed to pytest. Exit codes: those of pytest; without Node 0, or 1 if CI=true.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
LOCK = HERE / "package-lock.json"
INSTALLED = HERE / "node_modules" / ".installed-from"


def main(arguments):
    """Install what is missing, then run pytest. Returns the exit code."""
    missing = [tool for tool in ("node", "npm") if shutil.which(tool) is None]
    if missing:
        is_failure = os.environ.get("CI") == "true"
        consequence = "in CI that is a failure" if is_failure else "nothing was tested"
        _report(f"did not run ({consequence}): {' and '.join(missing)} not found on PATH; Node 18.20 or newer has both")
        return int(is_failure)
    lock = LOCK.read_text(encoding="utf-8")
    if not INSTALLED.exists() or INSTALLED.read_text(encoding="utf-8") != lock:
        _report("install the servers of package-lock.json")
        if code := subprocess.run(
            ["npm", "ci", "--loglevel=error", "--fetch-timeout=60000"], cwd=HERE, check=False
        ).returncode:
            _report(f"did not run: `npm ci` failed in {HERE.name}/, see above")
            return code
        INSTALLED.write_text(lock, encoding="utf-8")
    _report("run")
    command = [sys.executable, "-m", "pytest", "-q", str(HERE), *arguments]
    return subprocess.run(command, cwd=HERE.parents[1], check=False).returncode


def _report(message):
    sys.stderr.write(f"independent tests: {message}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
