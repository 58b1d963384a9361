"""docs/fragment.md is complete and correct: it has every keyword of the specifications, each with its outcome."""

from pathlib import Path

from codegen.lint_keywords import REFUSED
from codegen.metaschema import Description
from facts import read_yaml
from fragment.page import OBJECTS, listed, table
from openapi_spec_validator.schemas import schema_v31

EVERYTHING = read_yaml(Path(__file__).with_name("data") / "everything.yaml")
# Maps with arbitrary names, and keywords that several objects share.
SHARED = {"content", "examples", "map-of-strings", "security-requirement", "specification-extensions"}


def test_no_object_and_no_keyword_is_missing():
    """Every object of the OpenAPI meta-schema has a table, or is listed as one that needs none."""
    definitions = {name for name in schema_v31["$defs"] if not name.endswith("-or-reference")} - SHARED
    definitions = {name for name in definitions if not name.startswith(("callbacks", "security-req"))} | {"callbacks"}
    whole = listed("Objects without effect") | listed("Objects that cannot occur")
    schemes = {kind: {"type": kind} for kind in ("oauth2", "openIdConnect")}  # they have further keywords
    known: dict[str, set[str]] = {}
    for document in (EVERYTHING, {"components": {"securitySchemes": schemes}}):
        for part in Description(document).parts:
            known.setdefault(part.kind, set()).update(part.names, part.patterns)

    assert definitions == {name for name in OBJECTS.values() if name}
    assert {name for name in OBJECTS if not table(name)} == whole
    for title, name in OBJECTS.items():
        if title not in whole:
            words = {word for word in known[name or "openapi"] if not word.startswith(("^x-", "^(schemas|"))}
            assert set(table(title)) == words | ({"$ref"} & {*table(title)}), title


def test_the_page_and_the_lint_refuse_the_same_keywords():
    """The page has three outcomes, and the lint refuses exactly the keywords whose outcome is `refused`."""
    rows = [(title, word, outcome) for title in OBJECTS for word, outcome in table(title).items()]
    titles = {name or "openapi": title for title, name in OBJECTS.items()}

    assert {outcome for *_, outcome in rows} == {"works", "refused", "no effect"}
    assert {(title, word) for title, word, outcome in rows if outcome == "refused"} == {
        (titles[kind], word) for kind, words in REFUSED.items() for word in words
    }


def test_everything_yaml_has_every_keyword_that_is_not_refused():
    """data/everything.yaml has the keywords that work and those without effect, so tests/recipes try both."""
    found = {"OpenAPI": set(EVERYTHING)}
    titles = {name: title for title, name in OBJECTS.items()}
    for part in Description(EVERYTHING).parts:
        for kind in {*part.kinds} & titles.keys():
            found.setdefault(titles[kind], set()).update(part.value)
    patterns = {"^/": "/ping", "^[1-5](?:[0-9]{2}|XX)$": "2XX"}
    missing = {
        (title, word)
        for title in OBJECTS
        for word, outcome in table(title).items()
        if outcome != "refused" and patterns.get(word, word) not in found.get(title, ())
    }

    assert missing == set()
