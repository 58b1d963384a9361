"""From newer SDKs to typed attributes: sync, regenerate, read newer and older answers, on a copy of the repository."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import upstream
from codegen import command

ROOT = Path(__file__).resolve().parents[2]
YES, NO = {"supported": True}, {"supported": False}
ANSWER = {
    "id": "claude-example-2",
    "created_at": "2026-01-01T00:00:00Z",
    "display_name": "Claude Example 2",
    "type": "model",
    "lifecycle": "not-known-yet",
    "line": "opus",
    "max_tokens": 64000,
    "retires_at": None,
    "capabilities": {
        **dict.fromkeys(
            ["batch", "citations", "code_execution", "image_input", "pdf_input", "structured_outputs"], YES
        ),
        "context_management": {**YES, "compact_20260112": YES, "clear_thinking_20251015": None},
        "effort": {**YES, **dict.fromkeys(["low", "medium", "high", "max"], YES)},
        "server_tools": {**YES, "code_execution": YES, "web_search": NO},
        "thinking": {**YES, "types": dict.fromkeys(["adaptive", "between_tools", "disabled", "enabled"], YES)},
    },
}
PROGRAM = """
import json, sys
from anthropic_models_api.models.model_info import ModelInfo
model = ModelInfo.from_dict(json.load(sys.stdin))
print(json.dumps([
    model.lifecycle, model.line, model.max_tokens, model.retires_at,
    model.capabilities.server_tools.web_search.supported,
    model.capabilities.thinking.types.adaptive.supported,
    type(model.capabilities.context_management.compact_20260112).__name__,
]))
"""


READ = """
import json, sys
import httpx
from anthropic_models import Anthropic
for body in json.load(sys.stdin):
    transport = httpx.MockTransport(lambda request: httpx.Response(200, json=body))
    with Anthropic(api_key="made-up", http_client=httpx.Client(transport=transport)) as client:
        assert json.loads(client.models.retrieve("x").to_json()) == body, body
"""
FIRST = """
class Part(BaseModel):
    label: str
class Limits(BaseModel):
    parts: List[Part]
    stage: Literal["early"]
class ModelInfo(BaseModel):
    id: str
    created_at: datetime
    display_name: str
    type: Literal["model"]
    limits: Limits
    kind: Literal["small"]
    note: Optional[str] = None
"""
LATER = (
    FIRST.replace("    label: str\n", "    label: str\n    size: int\n")
    .replace("    parts: List[Part]\n", "    parts: List[Part]\n    owner: Owner\n")
    .replace("class Part", "class Owner(BaseModel):\n    name: str\nclass Part", 1)
    .replace("Optional[str] = None", "str")
    + "    owner: Owner\n"
)
PLAIN = {name: ANSWER[name] for name in ("id", "created_at", "display_name", "type")}
OLDER = [
    PLAIN,
    {**PLAIN, "limits": {"parts": [{"label": "a"}], "stage": "early"}, "kind": "small", "note": None},
    {**PLAIN, "limits": {"parts": [], "stage": "not-known"}, "kind": "large"},
    {**PLAIN, "limits": None, "owner": {"name": None}},
    {**PLAIN, "limits": {}},
    {**PLAIN, "limits": {"parts": [{}], "owner": {}}, "owner": {}, "note": "n"},
]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of what a sync and a regeneration read and write."""
    for name in ("openapi", "generated"):
        shutil.copytree(ROOT / name, tmp_path / "copy" / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path / "copy")
    return tmp_path / "copy"


def execute(copy: Path, program: str, value: object) -> str:
    """Run a program on the copy's generated package, with a value on its standard input; gives what it prints."""
    path = os.pathsep.join(map(str, (copy / "generated", ROOT)))
    command = [sys.executable, "-c", program]
    environment = {**os.environ, "PYTHONPATH": path}
    done = subprocess.run(command, input=json.dumps(value), capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_newer_answer_has_typed_attributes_after_sync_and_regenerate(copy: Path, newer_sdk: Path, really_tried):
    """After `sync` with 2.12.0 and `regenerate` the newer fields are attributes with types, nested ones too."""
    fragment = copy / "openapi" / "models.yaml"

    assert upstream.main(["--fragment", str(fragment), "--write", "--sdk-path", str(newer_sdk)]) == 0
    assert command.main([], copy) == 0

    assert json.loads(execute(copy, PROGRAM, ANSWER)) == [
        "not-known-yet",
        "opus",
        64000,
        None,
        False,
        True,
        "CapabilitySupport",
    ]


@pytest.mark.parametrize("releases", [[FIRST, LATER], [LATER]], ids=["step by step", "at once"])
def test_what_could_be_read_before_can_be_read_after(releases, copy: Path, sdk: Path):
    """Whichever releases the fragment moved along with, answers of each earlier time are read, and kept as they were.

    Below a new field nothing is required, null is allowed, no value is the only one, and nothing becomes narrower.
    """
    fragment = copy / "openapi" / "models.yaml"
    for release in releases:
        (sdk / "anthropic" / "types" / "model_info.py").write_text(release, "utf-8")
        assert upstream.main(["--fragment", str(fragment), "--write", "--sdk-path", str(sdk)]) == 0
    assert command.main([], copy) == 0

    assert execute(copy, READ, OLDER) == ""


def test_sync_with_a_real_release_leaves_nothing_undecided(copy: Path, newer_sdk: Path, capsys):
    """What is left after a sync of this repository with 2.12.0 is decided in openapi/upstream.yaml."""
    fragment = copy / "openapi" / "models.yaml"
    upstream.main(["--fragment", str(fragment), "--write", "--json", "--sdk-path", str(newer_sdk)])
    facts = json.loads(capsys.readouterr().out)

    assert (facts["undecided"], facts["not_compared"], facts["decided"], facts["release"]["version"]) == (
        0,
        0,
        5,
        "2.12.0",
    )
