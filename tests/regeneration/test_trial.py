"""Nothing is swapped in that was not tried: what a call would do wrong stops regeneration, at the line of its cause."""

from pathlib import Path
from typing import Any

import pytest
from codegen import document, trial
from fragment.small import refused
from regeneration.copies import ROOT, copied

PACKAGE = "generated/anthropic_models_api"
MODEL, RETRIEVE = f"{PACKAGE}/models/model_info.py", f"{PACKAGE}/api/models/retrieve_model.py"
RESOURCE = f"{PACKAGE}/api/models/__init__.py"


def line_of(text: str, path: Path = ROOT / "openapi" / "models.yaml") -> int:
    """The line on which the fragment says so."""
    return path.read_text(encoding="utf-8").split(text)[0].count("\n") + 1


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout; each test puts back what it spoils."""
    return copied(tmp_path_factory.mktemp("trial") / "copy")


def told(copy: Path) -> list[str]:
    """What the trial says of the package as it is."""
    fragment = document.load(copy / "openapi" / "models.yaml", "it.yaml")
    return refused(trial.check, fragment, copy, copy / PACKAGE)


def test_the_package_passes(copy: Path) -> None:
    """With the client, and where there is none the package is imported at least."""
    fragment = document.load(copy / "openapi" / "models.yaml", "it.yaml")

    trial.check(fragment, copy, copy / PACKAGE)
    trial.check(fragment, copy / "openapi", copy / PACKAGE)


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "said"),
    [
        (
            MODEL,
            "display_name: str",
            "display_name: int",
            "                model:\n",
            "display_name: expected an integer, got ",
        ),
        (MODEL, "import datetime", "import nothing", "", "the new package cannot be tried: ModuleNotFoundError: "),
        (RETRIEVE, '"method": "get"', '"methods": "get"', "                model:\n", "KeyError: 'method'"),
        (RESOURCE, '"betas": betas', '"betas": UNSET', "get:", "`betas` is taken whatever it is"),
        (RESOURCE, "model_id: Annotated[str, Bounds(minLength=1)],", "model_id='m',", "get:", "`model_id` can be left"),
    ],
)
def test_a_package_that_does_something_else_is_refused(
    copy: Path, file: str, old: str, new: str, place: str, said: str
) -> None:
    """A wrong type, a module that is not there, an argument that is not looked at, one that is not missed."""
    path = copy / file
    source = path.read_text(encoding="utf-8")
    assert old in source
    path.write_text(source.replace(old, new), encoding="utf-8")
    try:
        lines = told(copy)
    finally:
        path.write_text(source, encoding="utf-8")

    assert any(said in line for line in lines), lines
    if place:
        assert lines[0].startswith(f"it.yaml:{line_of(place)}: tried: "), lines


def test_a_required_parameter_has_an_example(copy: Path) -> None:
    """If no value can be guessed that fits its schema."""
    parameter = "- {name: p, in: query, required: true, schema: {type: string, pattern: ^zz}}"
    path = copy / "openapi" / "models.yaml"
    source = path.read_text(encoding="utf-8")
    path.write_text(
        source.replace("    get:\n", f"    parameters:\n      {parameter}\n    get:\n", 1), encoding="utf-8"
    )
    try:
        lines = told(copy)
        line = line_of(parameter, path)
    finally:
        path.write_text(source, encoding="utf-8")

    assert lines == [f"it.yaml:{line}: tried: give it an `example`: none was guessed"]


@pytest.mark.parametrize(
    ("tag", "schema", "said"),
    [
        ("close", "Other", "`close` is an attribute of the client already"),
        ("others", "BaseModel", "anthropic_models.types has another `BaseModel`"),
        ("models", "Models", "`Models` is a name that the generated code needs itself: choose another"),
    ],
)
def test_names_of_the_client_are_refused(tmp_path: Path, tag: str, schema: str, said: str) -> None:
    """A resource or a schema that would hide something of the client: nothing is written."""
    from regeneration.copies import regenerated

    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}, "example": {"a": "b"}}}

    def grow(fragment: Any) -> None:
        responses = {"200": {"description": "It.", "content": content}}
        fragment["paths"]["/other"] = {"get": {"operationId": "get_other", "tags": [tag], "responses": responses}}
        fragment["components"]["schemas"][schema] = {"type": "object", "properties": {"a": {"type": "string"}}}

    with pytest.raises(AssertionError) as caught:
        regenerated(tmp_path / "copy", grow)

    assert said in str(caught.value)
    assert not (tmp_path / "copy" / PACKAGE / "api" / tag / "get_other.py").exists()


def test_an_operation_may_have_a_name_of_python(tmp_path: Path) -> None:
    """Its module has another name then, and is tried as every other."""
    from regeneration.copies import regenerated

    def grow(fragment: Any) -> None:
        responses = {"200": {"description": "None.", "content": {"application/json": {"schema": {"type": "object"}}}}}
        fragment["paths"]["/others"] = {"get": {"operationId": "list", "tags": ["others"], "responses": responses}}

    regenerated(tmp_path / "copy", grow)

    assert (tmp_path / "copy" / PACKAGE / "api" / "others" / "list_.py").exists()
