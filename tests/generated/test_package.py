"""The generated package works alone, is typed and marked as generated; its models are complete and can be copied."""

import copy
import inspect
import pickle
import subprocess
import sys
from pathlib import Path
from typing import get_args

import attrs
from anthropic_models_api.models import AnthropicBeta, ErrorResponse, ModelInfo
from anthropic_models_api.types import UNSET, Unset
from cases import each
from facts import FRAGMENT

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "generated" / "anthropic_models_api"
ALONE = """
import sys
sys.path = [sys.argv[1], *(entry for entry in sys.path if entry != sys.argv[2])]
sys.modules["anthropic_models"] = sys.modules["yaml"] = None
from anthropic_models_api.api.models import retrieve_model
print(sys.modules["anthropic_models_api"].__file__, callable(retrieve_model.sync), callable(retrieve_model.asyncio))
"""


def test_it_works_alone():
    """Imported from its folder alone, it imports neither the hand-written client nor PyYAML."""
    command = [sys.executable, "-I", "-W", "error", "-c", ALONE, str(PACKAGE.parent), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.stderr, done.stdout) == ("", f"{PACKAGE / '__init__.py'} True True\n")


def test_it_has_file_headers_types_and_the_fragment():
    """The header of each Python file names its origin; `py.typed` and a copy of the fragment are in the package."""
    modules = sorted(PACKAGE.rglob("*.py"))
    (first,) = {path.read_text(encoding="utf-8").split("\n", 1)[0] for path in modules}

    assert len(modules) > 8
    assert first.startswith("# Generated from openapi/models.yaml by openapi-python-client ")
    assert (PACKAGE / "py.typed").read_bytes() == b""
    assert (PACKAGE / "openapi.yaml").read_bytes() == (ROOT / "openapi" / "models.yaml").read_bytes()


def test_it_is_folded_in_reviews():
    """The git attributes of every generated file mark it as generated; those of the fragment and scripts do not."""
    outputs = [str(path.relative_to(ROOT)) for path in (ROOT / "generated").rglob("*") if path.suffix != ".pyc"]
    sources = ["openapi/models.yaml", "scripts/regenerate.py"]
    command = ["git", "check-attr", "linguist-generated", "--", *outputs, *sources]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found = dict(line.rsplit(": ", 2)[::2] for line in done.stdout.splitlines())

    assert found == dict.fromkeys(outputs, "set") | dict.fromkeys(sources, "unspecified")


def test_a_field_has_the_name_of_its_property():
    """Each property of the fragment is an attribute with the same name; `AnthropicBeta` has each known beta."""
    schemas = FRAGMENT["components"]["schemas"]
    for model in (ModelInfo, ErrorResponse):
        named = set(schemas[model.__name__]["properties"])

        assert {field.name for field in attrs.fields(model)} - {"additional_properties"} == named
        assert inspect.getdoc(model)
    assert sorted(get_args(AnthropicBeta)) == sorted(schemas["AnthropicBeta"]["enum"])


@each("more", [{}, {"request_id": None}, {"request_id": "r", "more": [1]}])
@each("again", [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))])
def test_copies_are_equal(again, more):
    """Copies and pickles are equal and hash alike; a missing field stays missing, and no repr shows `UNSET`."""
    body = {"type": "error", "error": {"type": "new_kind", "message": "No."}, **more}
    error = ErrorResponse.from_dict(body)
    twin = again(error)

    assert (twin, hash(twin), twin.to_dict()) == (error, hash(error), body)
    assert (twin.request_id, "UNSET" in repr(twin)) == (body.get("request_id"), False)
    assert (again(UNSET) is UNSET, bool(UNSET), repr(UNSET), isinstance(UNSET, Unset)) == (True, False, "UNSET", True)
