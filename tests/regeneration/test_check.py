"""`--check` fails before, passes after, and fails again whatever is changed; it writes nothing."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from codegen import tree

Regenerate = Callable[..., tuple[int, list[str], list[str]]]
Edit = Callable[[Path, str, str], None]

FIELDS = "      properties:\n        id:\n"
KINDS = ("changed: ", "extra: ", "missing: ")
NEW_FIELD = "      properties:\n        made_up_limit:\n          type: integer\n        id:\n"


def files(lines: list[str]) -> list[str]:
    """The lines that name a file, without the folder."""
    return [line.replace("generated/", "") for line in lines if line.startswith(KINDS)]


def test_a_changed_fragment_fails_then_passes(checkout: Path, regenerate: Regenerate, edit: Edit) -> None:
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


@pytest.mark.parametrize(
    ("file", "old", "new", "changed"),
    [
        ("openapi/models.yaml", "# The hand", "# The whole hand", ["anthropic_models_api/openapi.yaml"]),
        ("openapi/generator.yaml", "# Known values", "# All known values", []),
        (
            "openapi/templates/client.py.jinja",
            '"""Return a copy with another timeout',
            '"""Return another copy with another timeout',
            ["anthropic_models_api/client.py"],
        ),
    ],
    ids=["fragment", "settings", "template"],
)
def test_each_input_changed_alone_fails(
    checkout: Path, regenerate: Regenerate, edit: Edit, file: str, old: str, new: str, changed: list[str]
) -> None:
    """The lock knows every input, so that even a comment in one is told."""
    edit(checkout / file, old, new)
    code, lines, _ = regenerate(checkout, "--check")

    assert code == 1
    assert files(lines) == [f"changed: {path}" for path in [*changed, "lock.json"]]


def test_changed_output_fails(checkout: Path, regenerate: Regenerate, edit: Edit) -> None:
    """Files that are missing, extra, edited by hand or no files any more are told, the edited with a diff."""
    generated = checkout / "generated"
    package = generated / "anthropic_models_api"
    (package / "py.typed").unlink()
    (generated / "notes.txt").write_text("mine", encoding="utf-8")
    (package / "models" / "stray.py").touch()
    edit(package / "errors.py", "class UnexpectedStatus", "class Unexpected")
    edit(generated / "lock.json", '"ruff": "', '"ruff": "0.0.')
    (package / "client.py").rename(checkout / "client.py")
    (package / "client.py").symlink_to(checkout / "client.py")
    code, lines, _ = regenerate(checkout, "--check")

    assert code == 1
    assert files(lines) == [
        "changed: anthropic_models_api/client.py",
        "changed: anthropic_models_api/errors.py",
        "extra: anthropic_models_api/models/stray.py",
        "missing: anthropic_models_api/py.typed",
        "changed: lock.json",
        "extra: notes.txt",
    ]
    assert "    -class Unexpected(Exception):" in lines
    assert "    +class UnexpectedStatus(Exception):" in lines


def test_bytecode_is_no_difference(tmp_path: Path) -> None:
    """What Python leaves behind when the package is imported does not count, at any depth."""
    for folder in ("__pycache__", "package/__pycache__", "package/sub/__pycache__"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "client.cpython-311.pyc").write_bytes(b"\0")
    (tmp_path / "package" / "client.py").write_bytes(b"1")

    assert tree.read(tmp_path) == {"package/client.py": b"1"}


def test_everything_missing_is_told_within_bounds(checkout: Path, regenerate: Regenerate) -> None:
    """Without the output all of it is missing; the diffs of all files together stay readable."""
    (checkout / "generated").rename(checkout / "elsewhere")
    code, lines, _ = regenerate(checkout, "--check")
    diffs = [line for line in lines if line.startswith("    ")]

    assert code == 1
    assert len(files(lines)) == len(tree.read(checkout / "elsewhere"))
    assert 100 < len(diffs) <= 200
    assert not (checkout / "generated").exists()


def test_a_long_diff_is_cut() -> None:
    """A diff shows its first forty lines and says how many more there are."""
    (change,) = tree.compare({"a": b""}, {"a": b"line\n" * 100})

    assert len(change.diff) == 41
    assert change.diff[-1] == "... and 63 more lines"


def test_the_lowered_document_is_printed(root: Path, regenerate: Regenerate) -> None:
    """`--print-lowered` prints JSON and nothing else, for other tools to serve."""
    code, lines, said = regenerate(root, "--print-lowered")

    assert (code, said) == (0, [])
    assert json.loads("\n".join(lines))["openapi"].startswith("3.1.")
