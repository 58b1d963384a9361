"""`--check` fails after any change until everything is regenerated, and writes nothing."""

import json

from codegen import tree
from regeneration.copies import ROOT, regenerate

FIELDS = "      properties:\n        id:\n"
NEW_FIELD = "      properties:\n        made_up_limit:\n          type: integer\n        id:\n"


def files(lines: list[str]) -> list[str]:
    """The lines that name a file, without the folder."""
    return [line.replace("generated/", "") for line in lines if line.startswith(("changed: ", "extra: ", "missing: "))]


def test_each_changed_input_fails_until_it_is_regenerated(checkout, edit):
    """The lock has every input, so even a comment is a difference; the next run cleans up after a killed one."""
    locked = json.loads((checkout / "generated" / "lock.json").read_text(encoding="utf-8"))
    inputs = {path.relative_to(checkout).as_posix() for path in (checkout / "openapi").rglob("*") if path.is_file()}
    edit(checkout / "openapi/models.yaml", FIELDS, NEW_FIELD)
    edit(checkout / "openapi/generator.yaml", "# Known values", "# All known values")
    edit(checkout / "openapi/templates/client.py.jinja", "Return a copy with another", "Return one with another")
    before = tree.read(checkout)
    code, lines, _ = regenerate(checkout, "--check")

    assert set(locked["inputs"]) == inputs - {"openapi/upstream.yaml"}
    assert (code, tree.read(checkout)) == (1, before)
    assert files(lines) == [
        "changed: anthropic_models_api/client.py",
        "changed: anthropic_models_api/models/model_info.py",
        "changed: anthropic_models_api/openapi.yaml",
        "changed: lock.json",
    ]
    assert "    +    made_up_limit: int | None = UNSET" in lines
    for path in ("models.yaml", "generator.yaml", "templates/client.py.jinja"):
        assert any(line.startswith(f'    +    "openapi/{path}": ') for line in lines), path
    assert lines[-1] == "generated/ is out of date (4 files): run `make regenerate`"

    (checkout / ".generated-new" / "half").mkdir(parents=True)
    (checkout / "generated").rename(checkout / ".generated-old")
    code, lines, _ = regenerate(checkout)
    assert (code, lines[-1]) == (0, "generated/ is up to date now (4 files changed)")
    assert not list(checkout.glob(".generated-*"))
    assert regenerate(checkout, "--check")[:2] == (0, ["generated/ is up to date"])


def test_changed_output_fails(checkout, edit):
    """Missing, extra and changed files are listed, with 40 lines of diff each and 200 in all; bytecode is ignored."""
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

    (checkout / "generated").rename(checkout / "elsewhere")
    code, lines, _ = regenerate(checkout, "--check")
    assert (code, len(files(lines))) == (1, len(tree.read(ROOT / "generated")))
    assert 100 < len([line for line in lines if line.startswith("    ")]) <= 200
    assert not (checkout / "generated").exists()
