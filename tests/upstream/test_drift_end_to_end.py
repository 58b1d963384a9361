"""From a newer SDK to typed attributes: sync, regenerate, parse a newer answer, on a copy of the repository."""

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


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of what a sync and a regeneration read and write."""
    for name in ("openapi", "generated"):
        shutil.copytree(ROOT / name, tmp_path / "copy" / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path / "copy")
    return tmp_path / "copy"


def test_newer_answer_has_typed_attributes_after_sync_and_regenerate(copy: Path, newer_sdk: Path):
    """After `sync` with 2.12.0 and `regenerate` the newer fields are attributes with types, nested ones too."""
    fragment = copy / "openapi" / "models.yaml"

    assert upstream.main(["--fragment", str(fragment), "--write", "--sdk-path", str(newer_sdk)]) == 0
    assert command.main([], copy) == 0

    path = os.pathsep.join(map(str, (copy / "generated", ROOT)))
    program = [sys.executable, "-c", PROGRAM]
    environment = {**os.environ, "PYTHONPATH": path}
    done = subprocess.run(program, input=json.dumps(ANSWER), capture_output=True, text=True, env=environment)

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == ["not-known-yet", "opus", 64000, None, False, True, "CapabilitySupport"]
