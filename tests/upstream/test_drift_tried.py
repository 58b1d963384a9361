"""What a sync would write is tried first: the fragment moves only where the package made of it works."""

from pathlib import Path

import pytest
from cases import each
from codegen import pipeline
from codegen.problems import CannotRunError

INFO = "types/model_info.py"
NAMES = {
    "a field that shadows an argument": ("", "cls: str"),
    "a type beside a constant of the same letters": (
        'class Limits(BaseModel):\n    a: str\nLIMITS: TypeAlias = Literal["a", "b"]\n',
        "limits: Limits\n    more: LIMITS",
    ),
    "a type called like one of the generator's": ("class Unset(BaseModel):\n    a: str\n", "unset: Unset"),
}
BROKEN = {
    "cannot be imported": b"import nothing_of_this_name\n",
    "fails strict typing": b"number: int = 'one'\n",
    "is refused": None,
}


@pytest.fixture
def grown(sdk: Path):
    """Give the SDK's answer more fields, and types before it; gives the folder."""
    info = sdk / "anthropic" / INFO
    text = info.read_text("utf-8")

    def grow(before: str, fields: str) -> Path:
        info.write_text(f"{before}{text}    {fields}\n", "utf-8")
        return sdk

    return grow


@each("case", NAMES)
def test_names_that_generated_code_uses_itself_do_no_harm(case, grown, fragment: Path, run, really_tried):
    """Either the package works with them, or the fragment and its folder are as they were and the reason is told."""
    before, files = fragment.read_bytes(), sorted(fragment.parent.iterdir())
    code, output, error = run("--write", "--sdk-path", grown(*NAMES[case]))
    if code == 0:
        fragment.write_bytes(before)
    else:
        assert (code, output, error.startswith("could not tell: nothing is written")) == (2, "", True)
    assert (fragment.read_bytes(), sorted(fragment.parent.iterdir())) == (before, files)


@each("what", BROKEN)
def test_package_that_does_not_work_is_not_written(what, grown, fragment: Path, run, really_tried, monkeypatch):
    """Exit code 2 with the reason, whichever step fails; the fragment is as it was."""
    before = fragment.read_bytes()

    def build(*_: object) -> pipeline.Result:
        if BROKEN[what] is None:
            raise CannotRunError("openapi/models.yaml:9: not a name")
        return pipeline.Result({}, {"package/__init__.py": b"", "package/broken.py": BROKEN[what]})

    monkeypatch.setattr("codegen.pipeline.build", build)
    code, output, error = run("--write", "--sdk-path", grown("", "more: str"))
    monkeypatch.undo()

    assert (code, output, what in error, "nothing is written" in error) == (2, "", True, True)
    assert fragment.read_bytes() == before


def test_package_that_works_is_written(grown, fragment: Path, run, really_tried):
    """A field with a name and a type of its own passes the trial."""
    code, _, error = run("--write", "--sdk-path", grown("class Part(BaseModel):\n    a: str\n", "part: Part"))

    assert (code, error, "        part:\n" in fragment.read_text("utf-8")) == (0, "", True)
