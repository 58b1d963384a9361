"""Drift against the official SDK: read as text, compared exactly, and never "same" where it is not understood."""

import shutil
import zipfile
from collections.abc import Callable
from importlib.metadata import distribution
from itertools import count
from pathlib import Path

import pytest
from cases import each

DATA = Path(__file__).with_name("data")
BETA = "anthropic-beta"


def edit(sdk: Path, name: str, old: str, new: str) -> Path:
    """Change one place of one file of the SDK; gives the folder again."""
    file = sdk / "anthropic" / name
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    return sdk


def test_sdk_of_the_vintage_says_the_same(run):
    """The release 0.76.0, as it is installed, says what the small fragment says: exit code 0."""
    site_packages = distribution("anthropic").locate_file("")
    code, output, _ = run("--sdk-path", site_packages)

    assert (code, "says the same as anthropic 0.76.0" in output) == (0, True)


def test_every_difference_of_the_newer_sdk_is_named(newer_sdk: Path, run, told):
    """Against 2.12.0 the program names what a person finds by reading the two, no more and no less: exit code 1."""
    lines = (DATA / "newer.txt").read_text("utf-8").splitlines()
    found_by_hand = [tuple(part.strip() for part in line.split(" | ")) for line in lines if not line.startswith("#")]

    assert sorted(told("--sdk-path", newer_sdk)) == sorted(found_by_hand)
    assert run("--sdk-path", newer_sdk)[0] == 1


def test_sdk_is_downloaded_from_the_registry(run):
    """`--sdk` with a version gets that release and nothing else."""
    code, output, _ = run("--sdk", "0.76.0")

    assert (code, "says the same as anthropic 0.76.0" in output) == (0, True)


@each("version", ["0.0.1.dev999", "newest", "1 --index-url x", "=="])
def test_release_that_cannot_be_had_is_exit_2(version, run):
    """A version that does not exist, or is none, is exit code 2 in one line."""
    code, output, error = run("--sdk", version)

    assert (code, output, error.count("\n")) == (2, "", 1)


def test_sdk_is_never_imported(sdk: Path, run):
    """Code at the top of the SDK's files is not run: this one would end the process."""

    assert run("--sdk-path", sdk)[0] == 0


INFO, RESOURCE, CLIENT, KNOWN = "types/model_info.py", "resources/models.py", "_client.py", "types/known.py"
TAGS = "    tags: Optional[Dict[str, List[int]]] = None\n    id: str"
ALIAS = '    kind: str = FieldInfo(alias="class")\n    id: str'
NULLABLE = 'type: [string, "null"]\n          description: >-'
KEY = ("credential", "x-api-key", "gone", "sent", "sent as authorization: bearer")
NARROWED = ("narrowed", "string", "always a")
VERSION = ("parameter", "anthropic-version")
MOVED = [
    (INFO, "    id: str", "    id: int", ("field", "ModelInfo.id", "changed", "string", "integer")),
    (
        INFO,
        "    id: str",
        "    id: Optional[str] = None",
        ("field", "ModelInfo.id", "changed", "string", "string or null"),
    ),
    (INFO, "    id: str", TAGS, ("field", "ModelInfo.tags", "added", "", "map of array of integer or null")),
    (INFO, "    id: str", ALIAS, ("field", "ModelInfo.class", "added", "", "string")),
    (INFO, "    id: str\n", "", ("field", "ModelInfo.id", "gone", "string", "")),
    (
        INFO,
        "    id: str",
        "    id: Literal[1, 2]",
        ("field", "ModelInfo.id", "changed", "string", "integer (known: 1, 2)"),
    ),
    (INFO, "    id: str", '    id: Literal["a"]', ("field", "ModelInfo.id", *NARROWED)),
    (CLIENT, '"X-Api-Key": self.api_key', '"Authorization": f"Bearer {self.api_key}"', KEY),
    (RESOURCE, " = omit", "", ("parameter", BETA, "changed", "optional header", "required header")),
    (CLIENT, "2023-06-01", "2024-01-01", (*VERSION, "changed", "default 2023-06-01", "default 2024-01-01")),
    (CLIENT, "anthropic-version", "x-other", (*VERSION, "gone", "required header, string", "")),
    (KNOWN, "Union[str, ", "Union[", ("parameter", BETA, "narrowed", "any string", "known values only")),
    (KNOWN, "'files-api-2025-04-14', ", "", ("known value", BETA, "gone", "files-api-2025-04-14", "")),
]
GARBLED = [
    (INFO, "id: str", "id: str = compute()[0]", "model_info.py:3: not understood: compute()[0]"),
    (INFO, "id: str", "id: str = None", "model_info.py:3: not understood: None"),
    (INFO, "id: str", "id: conint(gt=1)", "model_info.py:3: not understood: conint(gt=1)"),
    (INFO, "id: str", "id: Unheard", "model_info.py:3: not understood: Unheard is not defined"),
    (INFO, "id: str", "id: List[ModelInfo]", "model_info.py:3: not understood: ModelInfo refers to itself"),
    (INFO, "id: str", "id: Literal[A]", "model_info.py:3: not understood: Literal[A]"),
    (INFO, "id: str", "exec('x')", "model_info.py:3: not understood: exec('x')"),
    (INFO, "class ModelInfo", "class ModelInfo(", "model_info.py:2: not understood: "),
    (INFO, "(BaseModel)", "(metaclass=M)", "model_info.py:2: not understood: class ModelInfo"),
    (RESOURCE, "..types.model_info", "..types.moved", "models.py:4: not understood: from ..types.moved"),
    (RESOURCE, " -> ModelInfo:\n        extra", ":\n        extra", "models.py:8: not understood: a method"),
    (RESOURCE, "timeout=timeout", "", "models.py:13: not understood: where timeout goes in the request"),
    (RESOURCE, '"anthropic-beta": ', "name: ", "models.py:15: not understood: header: name"),
    (RESOURCE, "self._get(f", "self._fetch(f", "one method was looked for that sends GET"),
    (CLIENT, "default_headers(self)", "headers(self)", "_client.py:1: not understood: where the headers"),
    (CLIENT, '"2023-06-01"', "version()", "_client.py:5: not understood: version()"),
    (CLIENT, "auth_headers", "sign", "_client.py:1: not understood: how the key is sent"),
]


@pytest.fixture
def edited(sdk: Path, tmp_path: Path) -> Callable[..., Path]:
    """A new copy of the SDK, changed in one place."""
    copies = (tmp_path / f"copy{number}" for number in count())

    return lambda *change: edit(Path(shutil.copytree(sdk, next(copies))), *change)


@each(("name", "old", "new", "expected"), MOVED)
def test_difference_of_the_sdk_is_told_exactly(name, old, new, expected, edited: Callable[..., Path], told):
    """One change in the SDK is told as that one difference."""
    assert told("--sdk-path", edited(name, old, new)) == [expected]


@each(("name", "old", "new", "message"), GARBLED)
def test_sdk_that_is_not_understood_is_exit_2(name, old, new, message, edited: Callable[..., Path], run):
    """A construct that is not known is exit code 2, with its file and line."""
    code, output, error = run("--sdk-path", edited(name, old, new))

    assert (code, message in output + error) == (2, True)


def test_what_is_understood_beside_it_is_compared_all_the_same(sdk: Path, told, run):
    """One field that is not understood hides no other; what is not compared is named, and the exit code is 2."""
    edit(sdk, INFO, "    id: str", "    id: conint(gt=1)\n    tier: str\n    weight: conint(gt=2)")
    rows = told("--sdk-path", sdk)

    assert sorted(row[:3] for row in rows) == [
        ("field", "ModelInfo.id", "not compared"),
        ("field", "ModelInfo.tier", "added"),
        ("field", "ModelInfo.weight", "added"),
    ]
    assert [row[4] for row in rows if row[1] == "ModelInfo.id"] == [
        "anthropic/types/model_info.py:3: not understood: conint(gt=1)"
    ]
    assert run("--sdk-path", sdk)[0] == 2


def test_field_that_the_fragment_lets_be_missing_is_no_difference(sdk: Path, fragment: Path, told):
    """A field that is always there upstream may be missing by the fragment: an older answer may not have it yet."""
    text = fragment.read_text("utf-8")
    fragment.write_text(text.replace("[id, created_at, display_name, type]", "[id, created_at, type]"), "utf-8")

    assert told("--sdk-path", sdk) == []


def test_optional_of_the_sdk_does_not_tell_null_from_missing(sdk: Path, fragment: Path, told):
    """A field that is `Optional` upstream may be required by the fragment, as long as it may be null."""
    edit(sdk, INFO, "display_name: str", "display_name: Optional[str] = None")
    text = fragment.read_text("utf-8").replace("type: string\n          description: >-", NULLABLE)
    fragment.write_text(text, "utf-8")

    assert told("--sdk-path", sdk) == []


def test_wheel_and_folder_say_the_same(sdk: Path, tmp_path: Path, told):
    """A wheel is read as the folder with the same files is."""
    edit(sdk, "types/model_info.py", "id: str", "id: int")
    with zipfile.ZipFile(tmp_path / "anthropic-9.9.9-py3-none-any.whl", "w") as wheel:
        for file in sdk.rglob("*.py"):
            wheel.write(file, file.relative_to(sdk))

    assert told("--sdk-path", wheel.filename) == told("--sdk-path", sdk) != []


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", None])
def test_file_that_is_no_wheel_is_exit_2(content, tmp_path: Path, run):
    """A file that is no zip archive, or is not there, is exit code 2 in one line."""
    file = tmp_path / "anthropic-1.0-py3-none-any.whl"
    if content is not None:
        file.write_bytes(content)
    code, output, error = run("--sdk-path", file)

    assert (code, output, error.count("\n")) == (2, "", 1)


def test_fragment_without_an_operation_is_exit_2(sdk: Path, fragment: Path, run):
    """Where there is nothing to compare, nothing is called the same."""
    fragment.write_text("openapi: 3.1.0\npaths: {}\n", "utf-8")
    code, output, error = run("--sdk-path", sdk)

    assert (code, output, "there is no operation in it" in error) == (2, "", True)
