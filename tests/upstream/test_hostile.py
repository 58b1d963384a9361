"""Hostile and oversized sources are refused within limits of time and memory, and their text is printed escaped."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from cases import each

ROOT = Path(__file__).resolve().parents[2]
INFO, KNOWN = "types/model_info.py", "types/known.py"
MEASURED = r"""
import re, sys
sys.path.insert(0, sys.argv.pop(1))
import upstream
code = upstream.main()
print(int(re.search(r"VmHWM:\s*(\d+)", open("/proc/self/status").read())[1]) // 1024)
sys.exit(code)
"""


def test_decompression_bomb_is_exit_2(wheel, fragment):
    """A wheel of 100 KB that unpacks to 100 MB is exit code 2, with at most 150 MB of memory used."""
    bomb = {"anthropic/resources/a.py": b"#" * 100_000_000}
    path = wheel("9.9.9", members=bomb, compression=zipfile.ZIP_DEFLATED)
    command = [sys.executable, "-c", MEASURED, ROOT / "scripts", "--sdk-path", path, "--fragment", fragment]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=50)

    assert (done.returncode, path.stat().st_size < 300_000) == (2, True)
    assert "anthropic 9.9.9: more than 16777216 bytes of code" in done.stderr
    assert int(done.stdout) < 150


DOUBLING = (
    "".join(f"class T{n}(BaseModel):\n    a: T{n + 1}\n    b: T{n + 1}\n" for n in range(60))
    + "class T60(BaseModel):\n    a: str\nclass ModelInfo(BaseModel):\n    id: T0\n"
)


@each(
    ("content", "message"),
    [
        ("[]\n" * 2**17, "more than 262144 characters to parse"),
        (DOUBLING, "more than 20000 types to compare"),
        (b"PK" + bytes(16 * 2**20), "larger than 16 MiB"),
        (b"", "not a wheel"),
        (b"PK\x03\x04 no zip", "not a wheel"),
        (zipfile.ZIP_BZIP2, "there is no package anthropic in it"),  # the unpacked size cannot be limited
        (None, "not a wheel"),
    ],
)
def test_source_that_cannot_be_a_release_is_exit_2(content, message, sdk, wheel, tmp_path, refused):
    """A source that is larger than any real release, or not a wheel, is exit code 2 in one line."""
    path = tmp_path / "anthropic-9.9.8-py3-none-any.whl"
    if isinstance(content, str):
        path = sdk((INFO, "", content))
    elif isinstance(content, int):
        path = wheel("9.9.9", compression=content)
    elif isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.unlink()
    error = refused("--sdk-path", path)

    assert (error.count("\n"), message in error) == (1, True), error


@each(
    ("annotation", "expected"),
    [
        *(("List[" * depth + "int" + "]" * depth, 1) for depth in (40, 190)),
        *((text, 2) for text in ("List[" * 2000 + "int" + "]" * 2000, " | ".join(["A"] * 3000), "-" * 9000 + "1")),
    ],
)
def test_deep_nesting_does_not_crash(annotation, expected, sdk, run):
    """A type that Python's parser accepts is reported like any other; one nested too deeply is exit code 2."""
    code, output, error = run("--sdk-path", sdk((INFO, "    id: str", f"    id: {annotation}")))

    assert (code, "ModelInfo.id" in output, "Traceback" in error) == (expected, expected == 1, False)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the alarm may interrupt a finalizer
def test_time_is_limited(sdk, refused, monkeypatch):
    """A comparison that would take years ends at the time limit, with exit code 2."""
    monkeypatch.setattr("drift.limits.MOST_TYPES", 10**12)
    monkeypatch.setattr("drift.limits.SECONDS", 0.3)

    assert "took longer than 0.3 seconds" in refused("--sdk-path", sdk((INFO, "", DOUBLING)))


UNSAFE = ["::warning::x", "##[error]x", "```\\nx", "\\x1b[31mx", "\\u202ex", "a\\n::stop-commands::x", "\\u2028x"]
QUOTED = ", ".join(f"'{value}'" for value in UNSAFE)
ACTIVE = re.compile(r"::|##\[|```|[^\n -~]")


def test_text_of_a_source_is_printed_escaped(sdk, fragment, run):
    """No control character, workflow command or code fence of a source is printed, on either stream."""
    kinds = [f"weird('{value}')" for value in UNSAFE] + [f"Literal['{value}']" for value in UNSAFE]
    fields = "".join(f"    f{number}: {kind}\n" for number, kind in enumerate(kinds))
    known = (KNOWN, "", f"Known: TypeAlias = Union[str, Literal[{QUOTED}]]\n")
    path = sdk(known, (INFO, "    id: str", f"{fields}    id: str"))
    for options in (["--report", "json"], [], ["--write"]):
        _, output, error = run(*options, "--sdk-path", path)
        assert not ACTIVE.search((output + error).replace(str(fragment.parent), ""))
        assert all(f"ModelInfo.f{number}" in output for number in range(len(kinds)))


def test_beta_that_is_not_a_header_token_is_left_for_a_person(sdk, fragment, run):
    """A known value that is not valid in the header is reported and not written; the one beside it is written."""
    before = fragment.read_text("utf-8")
    values = f"'fine-2026-01-01', 'a,b', 'a b', '', 'ä', {QUOTED}, 'pdfs"
    code, output, _ = run("--write", "--sdk-path", sdk((KNOWN, "'pdfs", values)))

    assert (code, output.count("not a header token")) == (0, 4 + len(UNSAFE))
    assert fragment.read_text("utf-8").replace("        - fine-2026-01-01\n", "") == before


def test_field_with_unsafe_text_is_left_for_a_person(sdk, fragment, run):
    """A name or a value that a terminal or a workflow would interpret is not written to the fragment."""
    before = fragment.read_bytes()
    kinds = [f"Literal['{value}', 'x']" for value in UNSAFE] + [f"str = FieldInfo(alias='{value}')" for value in UNSAFE]
    fields = "".join(f"    f{number}: {kind}\n" for number, kind in enumerate(kinds))
    code, output, _ = run("--write", "--sdk-path", sdk((INFO, "    type:", f"{fields}    type:")))

    assert (code, output.count("not plain text"), fragment.read_bytes()) == (0, len(kinds), before)
