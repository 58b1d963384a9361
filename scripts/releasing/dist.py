"""Build the sdist and the wheel, check their contents, and test the wheel in an empty environment."""

import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from codegen.problems import CannotRunError
from packaging.metadata import Metadata

PACKAGES = ("anthropic_models/", "generated/anthropic_models_api/")
METADATA = ("summary", "author", "classifiers", "keywords", "license_expression", "project_urls", "requires_python")
RELATIVE_LINK = re.compile(r"""(?:\]\(|(?:src|href)=["'])(?!https?:|mailto:|#)[^)"']*""")
PROGRAM = """
import importlib.metadata, platform, sys
import anthropic_models, anthropic_models_api
installed = sorted(f"{each.name}=={each.version}" for each in importlib.metadata.distributions())
print(f"Python {platform.python_version()} with {', '.join(installed)}")
with anthropic_models.Anthropic(api_key="made-up", base_url=sys.argv[1]) as client:
    print(f"  {client.models.retrieve(sys.argv[2])}")
assert anthropic_models.__version__ == sys.argv[3], anthropic_models.__version__
"""


def build(root: Path, target: Path) -> Path:
    """Put the sdist and the wheel made from it into a folder, in place of older ones. Needs no network.

    Returns the wheel. Raises CannotRunError with every fault of the two files; the folder is then unchanged.
    """
    with tempfile.TemporaryDirectory(prefix="dist-") as scratch:
        sdist = _hatchling(root, "sdist", Path(scratch))
        with tarfile.open(sdist) as archive:
            archive.extractall(Path(scratch, "unpacked"), filter="data")
        (unpacked,) = Path(scratch, "unpacked").iterdir()
        wheel = _hatchling(unpacked, "wheel", Path(scratch))  # from the sdist, which proves that it is complete
        if faults := [*_faults_of_files(root, unpacked, wheel), *_faults_of_metadata(unpacked)]:
            raise CannotRunError(*faults)
        target.mkdir(exist_ok=True)
        for old in target.glob("anthropic_models-*"):
            old.unlink()
        shutil.move(sdist, target)
        return Path(shutil.move(wheel, target))


def attempt(wheel: Path, python: str, beside: Iterable[str], url: str, model: str) -> str:
    """Install the wheel, and other requirements, into an empty environment; ask a server for a model.

    Returns a text with the version of Python, the installed packages and the result.
    """
    with tempfile.TemporaryDirectory(prefix="dist-") as folder:
        run([python, "-m", "venv", "--without-pip", "."], folder)
        own = str(Path(folder, "bin", "python"))
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", own]
        run([*pip, "install", "--quiet", str(wheel.resolve()), *beside], folder)
        run([*pip, "check"], folder)
        return run([own, "-I", "-W", "error", "-c", PROGRAM, url, model, version(wheel)], folder)


def version(wheel: Path) -> str:
    """The version that the name of a wheel holds."""
    return wheel.name.split("-")[1]


def _faults_of_files(root: Path, unpacked: Path, wheel: Path) -> Iterator[str]:
    sdist = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()} - {"PKG-INFO"}
    with zipfile.ZipFile(wheel) as archive:
        installed = {name for name in archive.namelist() if ".dist-info/" not in name}
    tracked = set(run(["git", "ls-files", "-z"], root).strip("\0").split("\0"))
    packages = {name.removeprefix("generated/") for name in sdist if name.startswith(PACKAGES)}
    for what, found, expected in (("the wheel", installed, packages), ("the sdist", sdist, tracked)):
        yield from (f"{what} has {name}, which git does not track" for name in sorted(found - expected))
        yield from (f"{what} lacks {name}" for name in sorted(expected - found))


def _faults_of_metadata(unpacked: Path) -> Iterator[str]:
    metadata = Metadata.from_email((unpacked / "PKG-INFO").read_bytes(), validate=False)
    yield from (f"the metadata have no {field}" for field in METADATA if not getattr(metadata, field))
    for link in RELATIVE_LINK.findall(metadata.description or ""):
        yield f"`{link}` in the README is a relative link, which is broken on the package index"


def _hatchling(folder: Path, kind: str, target: Path) -> Path:
    run([sys.executable, "-m", "hatchling", "build", "--target", kind, "--directory", str(target)], folder)
    return next(target.glob("*.whl" if kind == "wheel" else "*.tar.gz"))


def run(command: list[str], folder: Path | str) -> str:
    """What a program prints. Raises CannotRunError with all that it printed if it fails."""
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    except OSError as error:
        raise CannotRunError(f"{command[0]}: {error.strerror}") from error
    if done.returncode:
        raise CannotRunError(f"`{' '.join(command[:4])} ...` failed:", *(done.stdout + done.stderr).splitlines())
    return done.stdout.rstrip()
