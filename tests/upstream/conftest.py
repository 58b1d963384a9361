"""Fixtures: the program, and what it reads: a page, a small fragment, two releases of the official SDK."""

import hashlib
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path, PosixPath

import pytest
import upstream
from codegen import document, lint
from drift import fetch

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(__file__).with_name("data")

NEWER = "2.12.0"
NEWER_HASH = "8631e3880ee18b0f87ce61d5d08e67804200463cf27c4182024715e232c99ba6"

CLIENT = """
class Client:
    @property
    def default_headers(self):
        return {**super().default_headers, "anthropic-version": "2023-06-01"}
    @property
    def auth_headers(self):
        return {**self._key, **self._token}
    @property
    def _key(self):
        return {"X-Api-Key": self.api_key}
    @property
    def _token(self):
        return {"Authorization": f"Bearer {self.auth_token}"}
"""
RESOURCE = """
from __future__ import annotations
from .._types import Omit, omit
from ..types.model_info import ModelInfo
from ..types.known import Known
raise SystemExit("imported")
class Models(SyncAPIResource):
    def retrieve(
        self,
        model_id: str,
        *,
        betas: List[Known] | Omit = omit,
        timeout: float | None = None,
    ) -> ModelInfo:
        extra_headers = {**strip({"anthropic-beta": ",".join(betas)})}
        return self._get(f"/v1/models/{model_id}", options=options(extra_headers=extra_headers, timeout=timeout))
class AsyncModels(AsyncAPIResource):
    def retrieve(self, model_id: str) -> ModelInfo:
        return self._get(f"/v1/models/{model_id}", options=options())
"""
INFO = """
class ModelInfo(BaseModel):
    id: str
    created_at: datetime
    display_name: str
    type: Literal["model"]
"""
BETAS = re.findall(r"(?m)^        - ([a-z0-9-]+)$", (DATA / "fragment.yaml").read_text("utf-8"))
FILES = {
    "__init__.py": "raise SystemExit('imported')\n",
    "_client.py": CLIENT,
    "resources/models.py": RESOURCE,
    "types/model_info.py": INFO,
    "types/known.py": f"Known: TypeAlias = Union[str, Literal[{', '.join(map(repr, BETAS))}]]\n",
}


class Copy(PosixPath):
    """A copy of a data file that a test may change; each case of a test starts with the original content."""

    def start_anew(self) -> None:
        """Restore the content, and remove the decisions beside it."""
        shutil.copy(DATA / self.name, self)
        self.with_name("upstream.yaml").unlink(missing_ok=True)


def _copied(name: str) -> Callable[[Path], Copy]:
    def copied(tmp_path: Path) -> Copy:
        copy = Copy(tmp_path / name)
        copy.start_anew()
        return copy

    return copied


fragment = pytest.fixture(_copied("fragment.yaml"), name="fragment")
page = pytest.fixture(_copied("page.md"), name="page")


@pytest.fixture(autouse=True, scope="module")
def _load_and_lint_once():
    """Load and lint each fragment once: nearly all runs read the same one, and linting takes longest."""
    known, passed, check = {}, set(), lint.check

    def load(path, name):
        key = path.read_bytes(), name
        known[key] = known.get(key) or document.load(path, name)
        return known[key]

    def check_once(fragment):
        if fragment.source not in passed:
            check(fragment)
            passed.add(fragment.source)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(upstream, "load", load)
        patch.setattr(lint, "check", check_once)
        yield


@pytest.fixture(autouse=True)
def _no_trial(request, monkeypatch):
    """Skip the trial of what would be written, which takes seconds, unless a test uses `with_trial`."""
    if "with_trial" not in request.fixturenames:
        monkeypatch.setattr("drift.sync.check_package", lambda *_: None)


@pytest.fixture
def with_trial():
    """Try what would be written before it is written, as the program itself does."""


@pytest.fixture
def run(fragment, capsys):
    """Run the program on the small fragment; returns exit code, stdout and stderr."""

    def run(*arguments):
        code = upstream.main(["--fragment", str(fragment), *map(str, arguments)])
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def refused(run):
    """Run the program, which must end with exit code 2 and print nothing on stdout; returns stderr."""

    def refused(*arguments):
        code, output, error = run(*arguments)
        assert (code, output) == (2, ""), error
        return error

    return refused


@pytest.fixture
def report(run):
    """Run the program; returns its JSON report."""
    return lambda *arguments: json.loads(run("--report", "json", *arguments)[1])


@pytest.fixture
def differences(report):
    """Run the program; returns each difference as (what, name, change, value in the fragment, value upstream)."""
    keys = ("what", "name", "change", "fragment", "upstream")
    return lambda *arguments: [tuple(map(one.get, keys)) for one in report(*arguments)["differences"]]


@pytest.fixture
def sdk(tmp_path):
    """Make the smallest SDK, with changes: file, old text (empty: all of it), new text. Returns the folder."""

    def make(*changes):
        texts = dict(FILES)
        for name, old, new in changes:
            assert old in texts[name]
            texts[name] = texts[name].replace(old or texts[name], new, 1)
        for name, text in texts.items():
            file = tmp_path / "sdk" / "anthropic" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
        return tmp_path / "sdk"

    return make


@pytest.fixture
def wheel(sdk, tmp_path):
    """Make a wheel of that SDK with a version, changes and more members. Returns its path."""

    def make(version, *changes, members=None, compression=0):
        folder, path = sdk(*changes), tmp_path / f"anthropic-{version}-py3-none-any.whl"
        info = f"anthropic-{version}.dist-info"
        texts = {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*.py")}
        texts[f"{info}/METADATA"] = f"Metadata-Version: 2.1\nName: anthropic\nVersion: {version}\n"
        texts[f"{info}/WHEEL"] = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        with zipfile.ZipFile(path, "w", compression) as archive:
            for name, content in {**texts, f"{info}/RECORD": "", **(members or {})}.items():
                archive.writestr(name, content)
        return path

    return make


@pytest.fixture(scope="session")
def newer_sdk(tmp_path_factory):
    """The wheel of a much newer release of the official SDK, from the registry."""
    wheel = fetch.wheel("anthropic", NEWER, tmp_path_factory.mktemp("sdk"))
    assert hashlib.sha256(wheel.read_bytes()).hexdigest() == NEWER_HASH
    return wheel
