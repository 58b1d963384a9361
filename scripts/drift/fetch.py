"""Fetches what upstream publishes: a page from a file or over https, a wheel from the package registry."""

import os
import re
import resource
import subprocess
import sys
from pathlib import Path

import httpx
from codegen.problems import CannotRunError

from . import limits

SECONDS = 30.0  # for each step of fetching a page
FAILED = re.compile(r"Could not fetch URL (?!.* 404 ).*")
VERSION = re.compile(r"latest|[0-9][0-9A-Za-z.!+_-]*")
OPTIONS = ("-vv", "--disable-pip-version-check", "--no-input", "--retries=1")
Done = subprocess.CompletedProcess[str]


def page(source: str) -> str:
    """The text of a page, given as a file or an https URL."""
    try:
        content = (_https if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", source) else _file)(source)
        if len(content) > limits.LARGEST_PAGE:
            raise CannotRunError(f"{source}: larger than {limits.LARGEST_PAGE // limits.MIB} MiB")
        return content.decode()
    except UnicodeDecodeError:
        raise CannotRunError(f"{source}: not understood: it is not UTF-8") from None
    except (OSError, httpx.HTTPError, httpx.InvalidURL) as error:
        raise CannotRunError(f"{source}: could not be read: {str(error) or type(error).__name__}") from None


def _file(path: str) -> bytes:
    with Path(path).open("rb") as file:
        return file.read(limits.LARGEST_PAGE + 1)


def _https(url: str) -> bytes:
    content = b""
    with (
        httpx.Client(timeout=SECONDS, follow_redirects=True, event_hooks={"request": [_https_only]}) as client,
        client.stream("GET", url, headers={"Accept": "text/markdown, text/plain"}) as response,
    ):
        if response.status_code != httpx.codes.OK:
            raise CannotRunError(f"{url}: answered with status {response.status_code}")
        for part in response.iter_bytes():
            content += part
            if len(content) > limits.LARGEST_PAGE:
                break
    return content


def _https_only(request: httpx.Request) -> None:
    if request.url.scheme != "https":
        raise CannotRunError(f"{request.url}: only https is read")


def wheel(distribution: str, version: str, folder: Path) -> Path:
    """Download one release, or the `latest`, into a folder. It is not installed or run."""
    if not VERSION.fullmatch(version):
        raise CannotRunError(f"--sdk {version}: not a version: give one such as 1.2.3, or latest")
    which = ""
    if version == "latest":  # even if this Python, a constraint or a missing wheel excludes it
        done = _pip(folder, "index", "versions", "--ignore-requires-python", distribution)
        newest = re.search(rf"(?m)^{distribution} \(([^)]+)\)$", done.stdout)
        if done.returncode or FAILED.search(done.stdout) or not newest:
            raise CannotRunError(f"{distribution}: the newest release could not be determined: {_reason(done)}")
        which, version = "the newest release ", newest[1]
    wanted = f"{distribution}=={version}"
    done = _pip(folder, "download", "--no-deps", "--only-binary=:all:", "--dest", str(folder), wanted)
    found = sorted(folder.glob("*.whl"))
    if done.returncode or len(found) != 1:
        raise CannotRunError(f"{wanted}: {which}could not be downloaded as a wheel: {_reason(done)}")
    return found[0]


def _pip(folder: Path, *arguments: str) -> Done:
    command = [sys.executable, "-m", "pip", *arguments, *OPTIONS]
    environment = {**os.environ, "TMPDIR": str(folder)}  # its leftovers are deleted with the folder
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, preexec_fn=_limit_size)


def _limit_size() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.LARGEST_WHEEL, limits.LARGEST_WHEEL))


def _reason(done: Done) -> str:
    """Why pip failed: the failed request to an index if there is one, because pip's error then hides it."""
    failed = FAILED.search(done.stdout)
    errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
    return failed[0].strip() if failed else " ".join(errors) or "pip gave no reason"
