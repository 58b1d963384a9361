"""The report within `make regenerate`: its place in the output, and what `--fail-on` prevents."""

import json
import shutil
from pathlib import Path

from codegen import tree

RENAME = ("operationId: retrieve_model", "operationId: get_model")
REWORD = ("The details of a model.", "All details of a model.")
RENAMED = [
    "breaking  client.models.get(): renamed from `client.models.retrieve`; calls to the old name fail",
    "breaking  get_model(): renamed from `retrieve_model`; imports of the old name fail",
]


def edit(checkout: Path, old: str, new: str) -> None:
    """Edit the fragment."""
    fragment = checkout / "openapi" / "models.yaml"
    fragment.write_text(fragment.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_the_report_comes_before_the_last_line(checkout, regenerate):
    """A check and a write print the report there; `--fail-on breaking` writes nothing; JSON is alone on stdout."""
    before = tree.read(checkout / "generated")
    edit(checkout, *RENAME)
    runs = [regenerate(checkout, *arguments) for arguments in (("--check",), ("--fail-on", "breaking"))]
    code, out, err = regenerate(checkout, "--check", "--report", "json")
    assert (code, len(json.loads(out)["changes"])) == (1, 2)
    assert err.splitlines()[-1].startswith("generated/ is ")
    unchanged = tree.read(checkout / "generated")
    runs.append(regenerate(checkout))

    assert [code for code, _, _ in runs] == [1, 1, 0]
    for _, out, _ in runs:
        assert out.splitlines()[-4:-2] == RENAMED
        assert out.splitlines()[-2].startswith("For callers: 2 breaking, 0 additive; the minor part")
    assert runs[1][1].splitlines()[-1] == "a change is breaking (--fail-on breaking): generated/ is unchanged"
    assert unchanged == before != tree.read(checkout / "generated")
    assert {path.name for path in checkout.iterdir()} == {"anthropic_models", "generated", "openapi", "pyproject.toml"}


def test_a_change_that_does_not_break_is_written(checkout, regenerate):
    """`--fail-on breaking` does not prevent it; if nothing changed, the output is one line, or JSON on request."""
    edit(checkout, *REWORD)
    code, out, _ = regenerate(checkout, "--fail-on", "breaking")

    assert (code, out.splitlines()[-2].startswith("For callers: no change;")) == (0, True)
    assert regenerate(checkout)[:2] == (0, "generated/ is up to date\n")
    assert json.loads(regenerate(checkout, "--check", "--report", "json")[1])["changes"] == []


def test_an_invalid_old_package_is_replaced_except_with_fail_on(checkout, regenerate):
    """With `--fail-on`, a package that cannot be compared is exit code 2, and nothing is written."""
    module = next((checkout / "generated").glob("*/client.py"))
    module.write_text("<<<<<<< HEAD\n", encoding="utf-8")
    code, _, err = regenerate(checkout, "--fail-on", "breaking")

    assert (code, "client.py:1: is not Python" in err) == (2, True)
    assert module.read_text(encoding="utf-8") == "<<<<<<< HEAD\n"
    code, out, _ = regenerate(checkout)

    assert (code, "For callers: not compared" in out) == (0, True)
    assert module.read_text(encoding="utf-8") != "<<<<<<< HEAD\n"


def test_against_compares_with_a_release(checkout, regenerate):
    """All changes since another checkout are reported, with its version; a folder without a package is an error."""
    release = checkout.parent / "release"
    shutil.copytree(checkout, release)
    (release / "anthropic_models" / "_version.py").write_text('__version__ = "3.1.0"\n', encoding="utf-8")
    edit(checkout, *RENAME)
    regenerate(checkout)
    against = ("--check", "--against", str(release / "generated"))
    code, out, _ = regenerate(checkout, *against)

    assert (code, out.splitlines()[:2]) == (0, RENAMED)
    assert out.splitlines()[2].endswith("the major part of the version moves, 3.1.0 to 4.0.0")
    assert regenerate(checkout, *against, "--fail-on", "breaking")[0] == 1
    code, _, err = regenerate(checkout, "--check", "--against", str(checkout / "nowhere"))
    assert (code, err.splitlines()[-2].startswith("--against: there is no generated package in ")) == (2, True)
