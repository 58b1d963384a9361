"""What the generator would leave out or get wrong without a word."""

import re
from collections.abc import Iterator

from codegen.metaschema import Description, Finding, Part

# (kind, keyword, value that is meant, or None for any, what would happen)
SILENT = (
    ("path-item", "$ref", None, "a path that is only a reference is left out by the generator: write it in place"),
    ("parameter", "content", None, "a parameter with `content` is left out by the generator: use `schema`"),
    ("parameter", "style", "deepObject", "the generator does not write this style"),
    ("parameter", "style", "label", "the generator does not write this style"),
    ("parameter", "style", "matrix", "the generator does not write this style"),
    ("parameter", "style", "pipeDelimited", "the generator does not write this style"),
    ("parameter", "style", "spaceDelimited", "the generator does not write this style"),
    ("operation", "callbacks", None, "callbacks are left out by the generator"),
    ("operation", "servers", None, "servers of an operation are ignored by the generator"),
    ("path-item", "servers", None, "servers of a path are ignored by the generator"),
    ("content", "multipart/form-data", None, "the templates of this project do not write multipart bodies"),
)
# Keywords that only tell, and may stand beside a reference.
ANNOTATIONS = frozenset({"$comment", "$ref", "deprecated", "description", "examples", "readOnly", "title", "writeOnly"})
# Local names of generated code, which a parameter or a field of the same name would take the place of.
LOCAL_TO_FUNCTIONS = frozenset({"cookies", "headers", "params", "quote"})
LOCAL_TO_MODELS = frozenset({"cast", "cls", "parse_datetime"})


def what_the_generator_would_drop(description: Description) -> Iterator[Finding]:
    """The generator says nothing of these, so they are refused here."""
    for part in description.parts:
        kinds = {kind.removesuffix("-or-reference") for kind in part.kinds}
        for kind, keyword, value, message in SILENT:
            if kind in kinds and keyword in part.value and value in (None, part.value[keyword]):
                yield (*part.pointer, keyword), message
        if "schema" in kinds:
            yield from _lost_keywords(part)
    if "webhooks" in description.data:
        yield ("webhooks",), "webhooks are left out by the generator"


def names_of_generated_code(description: Description) -> Iterator[Finding]:
    """A name that the generated code uses itself would break it, at the first call only."""
    for part in description.parts:
        if "parameter" in part.kinds and _python_name(part.value["name"]) in LOCAL_TO_FUNCTIONS:
            yield (*part.pointer, "name"), f"a parameter `{part.value['name']}` would break the generated function"
        for name in part.value.get("properties", ()) if "schema" in part.kinds else ():
            if _python_name(name) in LOCAL_TO_MODELS:
                yield (*part.pointer, "properties", name), f"a property `{name}` would break the generated model"


def _lost_keywords(part: Part) -> Iterator[Finding]:
    schema = part.value
    if "$ref" in schema:
        for name in schema:
            if name not in ANNOTATIONS and not name.startswith("x-"):
                yield (*part.pointer, name), f"`{name}` beside `$ref` is dropped by the generator: use `allOf`"
    elif "properties" in schema:
        branches = [branch for keyword in ("allOf", "anyOf", "oneOf") for branch in schema.get(keyword, ())]
        if len(branches) == len(schema.get("allOf", ())) and [list(branch) for branch in branches] != [["$ref"]]:
            return
        message = "properties beside a union or a single reference are dropped by the generator: put them into `allOf`"
        yield (*part.pointer, "properties"), message


def _python_name(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.lower())
