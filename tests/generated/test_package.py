"""The generated package as a distribution's part: alone, stamped, typed, marked for reviewers."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "generated" / "anthropic_models_api"


def test_it_works_with_nothing_else_of_ours():
    """Imported from its folder alone, it brings in neither the glue nor a reader of YAML."""
    script = """
import sys
sys.path = [entry for entry in sys.path if entry != sys.argv[2]]
sys.modules["anthropic_models"] = sys.modules["yaml"] = sys.modules["openapi_core"] = None
sys.path.insert(0, sys.argv[1])
from anthropic_models_api.api.models import retrieve_model
import anthropic_models_api
print(anthropic_models_api.__file__, callable(retrieve_model.sync), callable(retrieve_model.asyncio))
"""
    command = [sys.executable, "-I", "-W", "error", "-c", script, str(PACKAGE.parent), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.stderr == ""
    assert done.stdout == f"{PACKAGE / '__init__.py'} True True\n"


def test_it_is_stamped_and_typed_and_carries_the_fragment():
    """Each file of Python names its origin and says not to edit; `py.typed` and the very fragment are there."""
    modules = sorted(PACKAGE.rglob("*.py"))
    (first,) = {path.read_text(encoding="utf-8").split("\n", 1)[0] for path in modules}

    assert len(modules) > 8
    assert first.startswith("# Generated from openapi/models.yaml by openapi-python-client ")
    assert (PACKAGE / "py.typed").read_bytes() == b""
    assert (PACKAGE / "openapi.yaml").read_bytes() == (ROOT / "openapi" / "models.yaml").read_bytes()


def test_reviewers_see_it_folded():
    """git knows every file of the output as generated, and the fragment and the scripts as written by hand."""
    outputs = [str(path.relative_to(ROOT)) for path in (ROOT / "generated").rglob("*") if path.suffix != ".pyc"]
    sources = ["openapi/models.yaml", "scripts/regenerate.py"]
    command = ["git", "check-attr", "linguist-generated", "--", *outputs, *sources]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    said = dict(line.rsplit(": ", 2)[::2] for line in done.stdout.splitlines())

    assert {said.pop(source) for source in sources} == {"unspecified"}
    assert len(said) > 10
    assert set(said.values()) == {"set"}
