"""Sources that mean harm, or are far beyond what is honest: told in seconds, within tens of MB, and printed escaped."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from cases import each

ROOT = Path(__file__).resolve().parents[2]
INFO, KNOWN, RESOURCE = "types/model_info.py", "types/known.py", "resources/models.py"
MEASURED = r"""
import re, sys
sys.path.insert(0, sys.argv.pop(1))
import upstream
code = upstream.main()
print(int(re.search(r"VmHWM:\s*(\d+)", open("/proc/self/status").read())[1]) // 1024)
sys.exit(code)
"""


def put(sdk: Path, name: str, text: str) -> Path:
    """Give a file of the SDK another text; gives the folder again."""
    (sdk / "anthropic" / name).write_text(text, "utf-8")
    return sdk


def test_small_wheel_with_endless_code_is_exit_2(sdk: Path, fragment: Path, tmp_path: Path):
    """A wheel of 300 KB that unpacks to 300 MB is exit code 2, and takes at most 150 MB of memory."""
    path = tmp_path / "anthropic-9.9.9-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
        for file in sdk.rglob("*.py"):
            wheel.write(file, file.relative_to(sdk))
        for number in range(3):
            wheel.writestr(f"anthropic/resources/a{number}.py", b"#" * 100_000_000)
    command = [sys.executable, "-c", MEASURED, ROOT / "scripts", "--sdk-path", path, "--fragment", fragment]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=50)

    assert (done.returncode, path.stat().st_size < 400_000) == (2, True)
    assert "anthropic 9.9.9: more than 16777216 bytes of code" in done.stderr
    assert int(done.stdout) < 150


def test_wheel_with_a_compression_that_cannot_be_bounded_is_exit_2(sdk: Path, tmp_path: Path, run):
    """Only what is unpacked piece by piece is unpacked at all."""
    path = tmp_path / "anthropic-9.9.9-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_BZIP2) as wheel:
        for file in sdk.rglob("*.py"):
            wheel.write(file, file.relative_to(sdk))
    code, output, error = run("--sdk-path", path)

    assert (code, output, error.count("\n")) == (2, "", 1)


DOUBLING = (
    "".join(f"class T{n}(BaseModel):\n    a: T{n + 1}\n    b: T{n + 1}\n" for n in range(60))
    + "class T60(BaseModel):\n    a: str\nclass ModelInfo(BaseModel):\n    id: T0\n"
)
TOO_MUCH = {
    "a wheel that is too large": None,
    "code that is too much to parse": (INFO, "[]\n" * 2**17, "more than 262144 characters to parse"),
    "types that double at each step": (INFO, DOUBLING, "more than 20000 types to compare"),
}


@each("case", TOO_MUCH)
def test_more_than_any_release_has_is_exit_2(case, sdk: Path, tmp_path: Path, run):
    """What is larger than any honest release is exit code 2 in one line, whatever else there is in it."""
    if TOO_MUCH[case]:
        name, text, message = TOO_MUCH[case]
        path = put(sdk, name, text)
    else:
        path, message = tmp_path / "anthropic-9.9.9-py3-none-any.whl", "larger than 16 MiB"
        path.write_bytes(b"PK" + bytes(16 * 2**20))
    code, output, error = run("--sdk-path", path)

    assert (code, output, error.count("\n"), message in error) == (2, "", 1, True)


@each("depth", [40, 150, 190])
def test_deep_nesting_comes_to_an_end(depth, sdk: Path, run):
    """A type nested as deeply as Python's own parser allows is told like any other."""
    put(sdk, INFO, f"class ModelInfo(BaseModel):\n    id: {'List[' * depth}int{']' * depth}\n")
    code, output, _ = run("--sdk-path", sdk)

    assert (code, "ModelInfo.id" in output) == (1, True)


@each("annotation", ["List[" * 2000 + "int" + "]" * 2000, " | ".join(["A"] * 3000), "-" * 9000 + "1"])
def test_nesting_that_python_itself_refuses_is_exit_2(annotation, sdk: Path, run):
    """What is too deep for Python's parser, or for its stack, is exit code 2, and the program does not crash."""
    put(sdk, INFO, f"class ModelInfo(BaseModel):\n    id: {annotation}\n")
    code, output, error = run("--sdk-path", sdk)

    assert (code, "Traceback" in output + error) == (2, False)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Python drops one in a finalizer
def test_time_is_bounded(sdk: Path, run, monkeypatch):
    """What would take years is exit code 2 after the seconds that there are, and says so."""
    monkeypatch.setattr("drift.limits.MOST_TYPES", 10**12)
    monkeypatch.setattr("drift.limits.SECONDS_TO_READ", 0.5)
    code, output, error = run("--sdk-path", put(sdk, INFO, DOUBLING))

    assert (code, output, "took longer than 0.5 seconds" in error) == (2, "", True)


LOUD = ["::warning::x", "##[error]x", "```\\nx", "\\x1b[31mx", "\\u202ex", "a\\n::stop-commands::x", "\\u2028x"]
ACTIVE = re.compile(r"::|##\[|```|[^\n -~]")


@each("value", LOUD)
@pytest.mark.parametrize("option", ["--json", None, "--write"])
def test_what_comes_from_outside_is_printed_escaped(option, value, sdk: Path, fragment: Path, run):
    """No control character, no command of a workflow and no fence of upstream's is printed, on either stream."""
    put(sdk, KNOWN, f"Known: TypeAlias = Union[str, Literal['{value}']]\n")
    put(sdk, INFO, f"class ModelInfo(BaseModel):\n    id: weird('{value}')\n    type: Literal['{value}']\n")
    _, output, error = run(*filter(None, [option]), "--sdk-path", sdk)

    assert not ACTIVE.search((output + error).replace(str(fragment.parent), ""))
    assert "x" in output


@each("value", [*LOUD, "a,b", "a b", "", "ä"])
def test_beta_that_is_no_header_token_is_left_for_a_person(value, sdk: Path, fragment: Path, run):
    """A known value that cannot stand in the header is told and not written; the one beside it is."""
    known = sdk / "anthropic" / KNOWN
    text = known.read_text("utf-8")
    put(sdk, KNOWN, text.replace("'pdfs", f"'fine-2026-01-01', '{value}', 'pdfs"))
    before = fragment.read_text("utf-8")
    code, output, _ = run("--write", "--sdk-path", sdk)
    put(sdk, KNOWN, text)
    after = fragment.read_text("utf-8")
    fragment.write_text(before, "utf-8")

    assert (code, "not a header token" in output) == (0, True)
    assert after.replace("        - fine-2026-01-01\n", "") == before


@each("value", LOUD)
@pytest.mark.parametrize("field", ["kind: Literal['{}', 'x']", "kind: str = FieldInfo(alias='{}')"])
def test_field_with_a_name_or_a_value_that_is_not_plain_is_left_for_a_person(field, value, sdk: Path, fragment, run):
    """What a terminal or a workflow would act upon does not get into the fragment, and so into no later report."""
    before = fragment.read_bytes()
    info = sdk / "anthropic" / INFO
    text = info.read_text("utf-8")
    put(sdk, INFO, f"{text}    {field.format(value)}\n")
    code, output, _ = run("--write", "--sdk-path", sdk)
    put(sdk, INFO, text)

    assert (code, "not plain text" in output, fragment.read_bytes()) == (0, True, before)
