"""Drift against the official SDK, which is read as text: what is not understood never counts as a match."""

from importlib.metadata import distribution
from pathlib import Path

from cases import each

DATA = Path(__file__).with_name("data")
BETA = "anthropic-beta"
INFO, RESOURCE, CLIENT, KNOWN = "types/model_info.py", "resources/models.py", "_client.py", "types/known.py"
ID = "    id: str"
TAGS = f"    tags: Optional[Dict[str, List[int]]] = None\n{ID}"
ALIAS = f'    kind: str = FieldInfo(alias="class")\n{ID}'
KEY = ("credential", "x-api-key", "missing", "sent", "sent as authorization: bearer")
VERSION = ("parameter", "anthropic-version")
MOVED = [
    (INFO, ID, "    id: int", ("field", "ModelInfo.id", "changed", "string", "integer")),
    (INFO, ID, "    id: Optional[str] = None", ("field", "ModelInfo.id", "changed", "string", "string or null")),
    (INFO, ID, TAGS, ("field", "ModelInfo.tags", "added", "", "map of array of integer or null")),
    (INFO, ID, ALIAS, ("field", "ModelInfo.class", "added", "", "string")),
    (INFO, f"{ID}\n", "", ("field", "ModelInfo.id", "missing", "string", "")),
    (INFO, ID, "    id: Literal[1, 2]", ("field", "ModelInfo.id", "changed", "string", "integer (known: 1, 2)")),
    (INFO, ID, '    id: Literal["a"]', ("field", "ModelInfo.id", "narrowed", "string", "always a")),
    (CLIENT, '"X-Api-Key": self.api_key', '"Authorization": f"Bearer {self.api_key}"', KEY),
    (CLIENT, '"X-Api-Key": ', '"X-Sign": self.sign, "X-Api-Key": ', ("credential", "x-sign", "added", "", "sent")),
    (RESOURCE, " = omit", "", ("parameter", BETA, "changed", "optional header", "required header")),
    (CLIENT, "2023-06-01", "2024-01-01", (*VERSION, "changed", "default 2023-06-01", "default 2024-01-01")),
    (CLIENT, "anthropic-version", "x-other", (*VERSION, "missing", "required header, string", "")),
    (KNOWN, "Union[str, ", "Union[", ("parameter", BETA, "narrowed", "any string", "known values only")),
    (KNOWN, "'files-api-2025-04-14', ", "", ("known value", BETA, "missing", "files-api-2025-04-14", "")),
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
    (RESOURCE, "self._get(f", "self._fetch(f", "expected one method that sends GET"),
    (CLIENT, "default_headers(self)", "headers(self)", "_client.py:1: not understood: where the headers"),
    (CLIENT, '"2023-06-01"', "version()", "_client.py:5: not understood: version()"),
    (CLIENT, "auth_headers", "sign", "_client.py:1: not understood: how the key is sent"),
]


def test_sdk_of_the_same_time_matches(run, sdk):
    """The installed 0.76.0 matches the small fragment; no code of an SDK is run: that of the small SDK would exit."""
    assert run("--sdk-path", sdk())[0] == 0
    code, output, _ = run("--sdk-path", distribution("anthropic").locate_file(""))

    assert (code, "matches anthropic 0.76.0" in output) == (0, True)


def test_every_difference_of_the_newer_sdk_is_reported(newer_sdk, differences):
    """Against 2.12.0 the program reports exactly the differences that a person found by reading both."""
    lines = (DATA / "newer.txt").read_text("utf-8").splitlines()
    found_by_hand = [tuple(part.strip() for part in line.split(" | ")) for line in lines if not line.startswith("#")]

    assert sorted(differences("--sdk-path", newer_sdk)) == sorted(found_by_hand)


@each(("name", "old", "new", "expected"), MOVED)
def test_difference_of_the_sdk_is_reported_exactly(name, old, new, expected, sdk, wheel, differences):
    """One change in the SDK is reported as that one difference, in a wheel and in a folder."""
    path = wheel("9.9.9", (name, old, new)) if name == CLIENT else sdk((name, old, new))

    assert differences("--sdk-path", path) == [expected]


@each(("name", "old", "new", "message"), GARBLED)
def test_sdk_that_is_not_understood_is_exit_2(name, old, new, message, sdk, run):
    """An unknown construct is exit code 2, with its file and line."""
    code, output, error = run("--sdk-path", sdk((name, old, new)))

    assert (code, message in output + error) == (2, True)


def test_fields_beside_an_unknown_type_are_compared(sdk, differences, run):
    """A field that is not understood is reported as not compared, with exit code 2, and hides no other field."""
    path = sdk((INFO, ID, "    id: conint(gt=1)\n    tier: str\n    weight: conint(gt=2)"))
    rows = {row[1].removeprefix("ModelInfo."): row[2:] for row in differences("--sdk-path", path)}

    assert {name: row[0] for name, row in rows.items()} == {"id": "not compared", "tier": "added", "weight": "added"}
    assert rows["id"][2] == "anthropic/types/model_info.py:3: not understood: conint(gt=1)"
    assert run("--sdk-path", path)[0] == 2


def test_weaker_promise_of_the_fragment_is_not_a_difference(sdk, fragment, differences):
    """There is no difference if only the fragment makes a field optional, or if both sides allow null."""
    text = fragment.read_text("utf-8")
    fragment.write_text(text.replace("[id, created_at, display_name, type]", "[id, created_at, type]"), "utf-8")
    assert differences("--sdk-path", sdk()) == []
    nullable = 'type: [string, "null"]\n          description: >-'
    fragment.write_text(text.replace("type: string\n          description: >-", nullable), "utf-8")
    assert differences("--sdk-path", sdk((INFO, "display_name: str", "display_name: Optional[str] = None"))) == []


def test_fragment_without_an_operation_is_exit_2(sdk, fragment, refused):
    """A fragment that has nothing to compare never matches."""
    fragment.write_text("openapi: 3.1.0\ninfo: { title: None, version: x }\npaths: {}\n", "utf-8")

    assert refused("--sdk-path", sdk()) == f"could not compare: {fragment}: there is no operation in it\n"
