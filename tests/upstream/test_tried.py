"""A sync tries its result before writing it; the result reads newer and older responses."""

import json

import pytest
import upstream
from cases import each
from codegen import pipeline
from codegen.document import load
from codegen.lint_examples import validator
from codegen.problems import CannotRunError
from regeneration.copies import copied, regenerate, result_of

INFO, LAST = "types/model_info.py", '    type: Literal["model"]\n'
PLAIN = {"id": "claude-example-2", "created_at": "2026-01-01T00:00:00Z", "display_name": "Example", "type": "model"}
YES, NO = {"supported": True}, {"supported": False}
NEWER = {
    **PLAIN,
    "lifecycle": "not-known-yet",
    "line": "opus",
    "max_tokens": 64000,
    "retires_at": None,
    "capabilities": {
        "batch": YES,
        "context_management": {**YES, "compact_20260112": YES, "clear_thinking_20251015": None},
        "server_tools": {**YES, "code_execution": YES, "web_search": NO},
        "thinking": {**YES, "types": {"adaptive": YES}},
    },
}
OLDER = [
    PLAIN,
    {**PLAIN, "limits": {"parts": [{"label": "a"}], "stage": "early"}, "kind": "small", "note": None},
    {**PLAIN, "limits": {"parts": [], "stage": "not-known"}, "kind": "large"},
    {**PLAIN, "limits": None, "owner": {"name": None}},
    {**PLAIN, "limits": {}},
    {**PLAIN, "limits": {"parts": [{}], "owner": {}}, "owner": {}, "note": "n"},
]
PROGRAM = """
import httpx
from anthropic_models import Anthropic
for body in json.loads(sys.argv[1]):
    transport = httpx.MockTransport(lambda request: httpx.Response(200, json=body))
    with Anthropic(api_key="made-up", http_client=httpx.Client(transport=transport)) as client:
        model = client.models.retrieve("x", workspace_id="w")
        assert json.loads(model.to_json()) == body, body
print(json.dumps([
    model.lifecycle, model.line, model.max_tokens, model.retires_at,
    model.capabilities.server_tools.web_search.supported,
    model.capabilities.thinking.types.adaptive.supported,
    type(model.capabilities.context_management.compact_20260112).__name__,
]))
"""
FIRST = """
class Unset(BaseModel):
    a: str
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
    cls: str
    unset: Unset
"""
LATER = (
    FIRST.replace("    label: str\n", "    label: str\n    size: int\n")
    .replace("    parts: List[Part]\n", "    parts: List[Part]\n    owner: Owner\n")
    .replace("class Part", "class Owner(BaseModel):\n    name: str\nclass Part", 1)
    .replace("Optional[str] = None", "str")
    + "    owner: Owner\n"
)


def test_newer_and_older_responses_are_read_after_sync_and_regenerate(
    newer_sdk, sdk, fragment, tmp_path, capsys, with_trial
):
    """After syncs with two releases, one of them real, their fields are typed; older responses are kept unchanged."""
    copy = copied(tmp_path / "copy")
    fragment.replace(copy / "openapi" / "models.yaml")
    (copy / "openapi" / "upstream.yaml").unlink()
    arguments = ["--fragment", str(copy / "openapi" / "models.yaml"), "--write", "--report", "json", "--sdk-path"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("drift.sync.check_package", lambda *_: None)
        assert upstream.main([*arguments, str(sdk((INFO, "", FIRST)))]) == 0
    capsys.readouterr()
    assert upstream.main([*arguments, str(newer_sdk)]) == 0
    report = json.loads(capsys.readouterr().out)
    left = {one["name"] for one in report["differences"] if one["state"] != "written" and one["change"] != "missing"}
    other = {"ModelInfo.allowed_fallback_models", "ModelCapabilities.compaction"}  # only in the other method

    assert (report["written"] > 0, left, report["not_compared"]) == (True, {*other, "anthropic-version"}, 0)
    assert regenerate(copy)[0] == 0
    read = ["not-known-yet", "opus", 64000, None, False, True, "CapabilitySupport"]
    assert result_of(copy, PROGRAM, [*OLDER[:5], NEWER]) == read


@each("releases", [[FIRST, LATER], [LATER]])
def test_older_responses_stay_valid(releases, sdk, fragment, run):
    """Responses of each earlier time are valid: everything below a new field is optional, and no type is narrowed."""
    for release in releases:
        assert run("--write", "--sdk-path", sdk((INFO, "", release)))[0] == 0
    schema = validator(load(fragment, "fragment").data, ("components", "schemas", "ModelInfo"))

    assert [body for body in OLDER if not schema.is_valid(body)] == []
    assert not schema.is_valid({**PLAIN, "limits": 1})


SAME_LETTERS = 'class Limits(BaseModel):\n    a: str\nLIMITS: TypeAlias = Literal["a", "b"]\nclass ModelInfo'


def test_names_that_collide_in_generated_code_are_not_written(sdk, fragment, run, with_trial):
    """A class and a constant whose names differ only in case are refused, and the fragment is unchanged."""
    before = fragment.read_bytes()
    more = f"{LAST}    limits: Limits\n    more: LIMITS\n"
    code, output, error = run("--write", "--sdk-path", sdk((INFO, "class ModelInfo", SAME_LETTERS), (INFO, LAST, more)))

    assert (code, output, error.startswith("could not compare: nothing is written")) == (2, "", True), error
    assert fragment.read_bytes() == before


@each(
    ("code", "why"),
    [(b"number: int = 'one'\n", "fails strict type checking"), (None, "the new fragment is rejected")],
)
def test_package_that_does_not_work_is_not_written(code, why, sdk, fragment, run, with_trial):
    """Exit code 2 with the reason, whichever step fails; the fragment is unchanged."""
    before = fragment.read_bytes()

    def build(*_):
        if code is None:
            raise CannotRunError("openapi/models.yaml:9: not a name")
        return pipeline.Result({}, {"package/__init__.py": b"", "package/broken.py": code})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("codegen.pipeline.build", build)
        done, output, error = run("--write", "--sdk-path", sdk((INFO, LAST, f"{LAST}    more: str\n")))

    assert (done, output, why in error, "nothing is written" in error) == (2, "", True, True)
    assert fragment.read_bytes() == before
