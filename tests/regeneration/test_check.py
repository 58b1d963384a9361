"""`--check` fails before, passes after, and fails again whatever is changed; it writes nothing."""

import json

from codegen import tree
from regeneration.copies import ROOT, regenerate

FIELDS = "      properties:\n        id:\n"
NEW_FIELD = "      properties:\n        made_up_limit:\n          type: integer\n        id:\n"


def files(lines: list[str]) -> list[str]:
    """The lines that name a file, without the folder."""
    return [line.replace("generated/", "") for line in lines if line.startswith(("changed: ", "extra: ", "missing: "))]


def test_a_changed_fragment_fails_then_passes(checkout, edit):
    """The check fails after the fragment changed, names the files, and passes after regeneration."""
    edit(checkout / "openapi" / "models.yaml", FIELDS, NEW_FIELD)
    before = tree.read(checkout)
    code, lines, _ = regenerate(checkout, "--check")

    assert code == 1
    assert tree.read(checkout) == before
    assert files(lines) == [
        "changed: anthropic_models_api/models/model_info.py",
        "changed: anthropic_models_api/openapi.yaml",
        "changed: lock.json",
    ]
    assert lines[-1] == "generated/ is not what openapi/ says (3 files): run `make regenerate`"
    assert "    +    made_up_limit: int | None = UNSET" in lines
    assert regenerate(checkout)[0] == 0
    assert regenerate(checkout, "--check")[:2] == (0, ["generated/ is up to date"])


def test_each_input_that_changes_fails(checkout, edit):
    """The lock has every input, so that even a comment in one is a difference."""
    locked = json.loads((checkout / "generated" / "lock.json").read_text(encoding="utf-8"))
    inputs = {path.relative_to(checkout).as_posix() for path in (checkout / "openapi").rglob("*") if path.is_file()}
    edit(checkout / "openapi" / "generator.yaml", "# Known values", "# All known values")
    edit(checkout / "openapi/templates/client.py.jinja", "Return a copy with another", "Return one with another")
    code, lines, _ = regenerate(checkout, "--check")

    assert set(locked["inputs"]) == inputs - {"openapi/upstream.yaml"}
    assert (code, files(lines)) == (1, ["changed: anthropic_models_api/client.py", "changed: lock.json"])
    for path in ("generator.yaml", "templates/client.py.jinja"):
        assert any(line.startswith(f'    +    "openapi/{path}": ') for line in lines), path


def test_changed_output_fails(checkout, edit):
    """Files that are missing, extra, edited or no files are listed, with diffs of forty lines; bytecode is none."""
    package = checkout / "generated" / "anthropic_models_api"
    (package / "py.typed").unlink()
    (checkout / "generated" / "notes.txt").write_text("mine", encoding="utf-8")
    for folder in (checkout / "generated", package / "models"):
        (folder / "__pycache__").mkdir()
        (folder / "__pycache__" / "client.cpython-311.pyc").touch()
    (package / "models" / "stray.py").touch()
    (package / "types.py").write_text("", encoding="utf-8")
    edit(package / "errors.py", "class UnexpectedStatus", "class Unexpected")
    (package / "client.py").rename(checkout / "client.py")
    (package / "client.py").symlink_to(checkout / "client.py")
    code, lines, _ = regenerate(checkout, "--check")

    assert code == 1
    assert files(lines) == [
        "changed: anthropic_models_api/client.py",
        "changed: anthropic_models_api/errors.py",
        "extra: anthropic_models_api/models/stray.py",
        "missing: anthropic_models_api/py.typed",
        "changed: anthropic_models_api/types.py",
        "extra: notes.txt",
    ]
    assert {"    -class Unexpected(Exception):", "    +class UnexpectedStatus(Exception):"} <= {*lines}
    start = lines.index("changed: generated/anthropic_models_api/types.py") + 1
    size = len((ROOT / "generated/anthropic_models_api/types.py").read_text(encoding="utf-8").splitlines())
    assert lines[start + 40] == f"    ... and {size + 3 - 40} more lines"


def test_everything_missing_is_listed_within_bounds(checkout):
    """Without the output all of it is missing; the diffs of all files together stay readable."""
    (checkout / "generated").rename(checkout / "elsewhere")
    code, lines, _ = regenerate(checkout, "--check")

    assert code == 1
    assert len(files(lines)) == len(tree.read(checkout / "elsewhere"))
    assert 100 < len([line for line in lines if line.startswith("    ")]) <= 200
    assert not (checkout / "generated").exists()
