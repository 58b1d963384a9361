"""`upstream.yaml` beside the fragment: the release that was last compared, and the differences to keep."""

from pathlib import Path
from typing import Any

import attrs
from codegen.document import Document, load
from codegen.problems import CannotRunError, one_line
from openapi_schema_validator import OAS31Validator

from .compare import Difference
from .insert import Editor, dump
from .package import Package

NAME = "upstream.yaml"
ANY = {"type": "string"}
TEXT = {"type": "string", "minLength": 1}
DECIDED = ["what", "name", "change", "reason"]
ENTRY = {
    "required": DECIDED,
    "properties": {**dict.fromkeys(DECIDED, TEXT), "fragment": ANY, "upstream": ANY},
    "additionalProperties": False,
    "type": "object",
}
RELEASE = {"type": "object", "required": ["version", "sha256"], "additionalProperties": TEXT}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"release": RELEASE, "decided": {"type": "array", "items": ENTRY}},
    "additionalProperties": False,
}


@attrs.frozen
class Decisions:
    """The content of the file."""

    document: Document

    def judge(self, difference: Difference) -> Difference:
        """The difference with its state, and the reason if it was decided. Omitted keys match anything."""
        for entry in self.document.data.get("decided", ()):
            if all(getattr(difference, key) == entry[key] for key in entry if key != "reason"):
                return attrs.evolve(difference, state="decided", note=str(entry["reason"]))
        return attrs.evolve(difference, state="not_compared") if difference.change == "not compared" else difference

    def check(self, package: Package) -> None:
        """Raise CannotRunError if the release that was last compared now has another hash."""
        known = self.document.data.get("release", {})
        if package.sha256 and known.get("version") == package.version and known["sha256"] != package.sha256:
            message = f"{package} now has the sha256 {package.sha256}: the release was replaced"
            raise CannotRunError(self.document.problem(("release", "sha256"), message))

    def after(self, package: Package) -> str:
        """The text of the file with this release as the one that was last compared."""
        release = {"version": package.version, "sha256": package.sha256}
        text = self.document.source.decode()
        if "release" not in self.document.data:
            return f"{dump({'release': release})}\n{text}"
        editor = Editor(text)
        for key, value in release.items():
            editor.replace(("release", key), value)
        return editor.result()


def read(path: Path, name: str) -> Decisions:
    """Read the file, which may be missing. Raises CannotRunError with the line of each fault."""
    if not path.exists():
        return Decisions(Document(name, b"", {}, {}))
    document = load(path, name)
    errors = OAS31Validator(SCHEMA).iter_errors(document.data)
    problems = [document.problem(tuple(error.absolute_path), one_line(error.message)) for error in errors]
    if problems:
        raise CannotRunError(*problems)
    return Decisions(document)
