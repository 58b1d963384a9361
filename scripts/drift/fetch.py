"""Get what upstream publishes: a page from a file or by https, a wheel from the package registry."""

import re
import subprocess
import sys
from pathlib import Path

import httpx
from codegen.problems import CannotRunError

LARGEST_PAGE = 2 * 2**20  # bytes
SECONDS = 30.0  # for a page
SECONDS_FOR_WHEEL = 180.0
VERSION = re.compile(r"latest|[0-9][0-9A-Za-z.!+_-]*")


def page(source: str) -> str:
    """The text of a page, given as a file or an https URL."""
    try:
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", source):
            return _download(source).decode()
        with Path(source).open("rb") as file:
            return _bounded(file.read(LARGEST_PAGE + 1), source).decode()
    except UnicodeDecodeError:
        raise CannotRunError(f"{source}: not understood: it is not UTF-8") from None
    except (OSError, httpx.HTTPError, httpx.InvalidURL) as error:
        raise CannotRunError(f"{source}: could not be read: {str(error) or type(error).__name__}") from None


def _bounded(content: bytes, source: str) -> bytes:
    if len(content) > LARGEST_PAGE:
        raise CannotRunError(f"{source}: larger than {LARGEST_PAGE // 2**20} MiB")
    return content


def _https_only(request: httpx.Request) -> None:
    if request.url.scheme != "https":
        raise CannotRunError(f"{request.url}: only https is read")


def _download(url: str) -> bytes:
    content = b""
    hooks = {"request": [_https_only]}
    with (
        httpx.Client(timeout=SECONDS, follow_redirects=True, event_hooks=hooks) as client,
        client.stream("GET", url, headers={"Accept": "text/markdown, text/plain"}) as response,
    ):
        if response.status_code != httpx.codes.OK:
            raise CannotRunError(f"{url}: answered with status {response.status_code}")
        for part in response.iter_bytes():
            content = _bounded(content + part, url)
    return content


def wheel(distribution: str, version: str, folder: Path) -> Path:
    """Download one release, or the `latest`, into a folder. Nothing of it is installed or run."""
    if not VERSION.fullmatch(version):
        raise CannotRunError(f"--sdk {version}: not a version: give one such as 1.2.3, or latest")
    wanted = distribution if version == "latest" else f"{distribution}=={version}"
    options = ["--quiet", "--disable-pip-version-check", "--no-input", "--no-deps", "--only-binary=:all:"]
    command = [sys.executable, "-m", "pip", "download", *options, "--dest", str(folder), wanted]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS_FOR_WHEEL, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CannotRunError(f"{wanted}: could not be downloaded: {error}") from None
    found = sorted(folder.glob("*.whl"))
    if done.returncode or len(found) != 1:
        errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        raise CannotRunError(f"{wanted}: could not be downloaded: {errors[-1] if errors else 'pip gave no wheel'}")
    return found[0]
