"""One operation of the fragment: which requests reach it, and what is required of them."""

import json
import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs, unquote

from anthropic_models.testing.answers import Answers
from anthropic_models.testing.fragment import examples, judge, types
from anthropic_models.testing.records import Request


class Operation:
    """One operation.

    Attributes:
        names: The path parameters, in the order of the path. The last one identifies the model.
        faults: Returns what is wrong with the values that `read` returns.
        answers: Its answers.
    """

    def __init__(self, document: Any, template: str, method: str) -> None:
        path = document["paths"][template]
        own, body = path[method], path[method].get("requestBody", {})
        self._declared = {
            (each["in"], each["name"]): each for owner in (path, own) for each in owner.get("parameters", [])
        }
        parts: dict[str, Any] = {"body": body.get("content", {}).get("application/json", {}).get("schema", {})}
        for (place, name), each in self._declared.items():
            if place not in {"header", "path", "query"}:
                raise NotImplementedError(f"the parameter {name} cannot be checked: it is in the {place}")
            part = parts.setdefault(place, {"properties": {}, "required": []})
            part["properties"][name] = each["schema"]
            part["required"] += [name] if each.get("required") else []
        required = ["body"] if body.get("required") else []
        self.faults: Callable[[Any], list[str]] = judge({"properties": parts, "required": required}, document)
        self._method = method.upper()
        self._path = re.compile("([^/]*)".join(map(re.escape, re.split(r"{[^}]*}", template))))
        schemes = document.get("components", {}).get("securitySchemes", {})
        ways = own.get("security", document.get("security", []))
        self._ways = [sorted(_credential(schemes[name]) for name in way) for way in ways]
        self.names: list[str] = re.findall(r"{([^}]*)}", template)
        asked = [value for name in self.names[-1:] for value in examples(self._declared["path", name])]
        self.answers: Answers = Answers(document, own["responses"], asked)

    def is_reached_by(self, request: Request) -> bool:
        """Whether the request reaches this operation, valid or not."""
        return request.method == self._method and bool(self._path.fullmatch(request.path))

    def credential_faults(self, request: Request) -> list[str]:
        """The faults of the credentials; empty if exactly one way to authenticate is used, in the right form."""
        names = sorted({name for way in self._ways for name, _ in way})
        sent = [(name, value) for name in names for value in request.header(name) if value]
        for way in self._ways or [sent]:
            if len(way) == len(sent) and all(
                name == wanted and value.lower().startswith(form.lower())
                for (name, value), (wanted, form) in zip(sent, way, strict=True)
            ):
                return []
        wanted = [" with ".join(f"{name}: {form}..." if form else name for name, form in way) for way in self._ways]
        received = " and ".join(name for name, _ in sent) or "none"
        return [f"exactly one credential is required ({' or '.join(wanted)}), {received} received"]

    def read(self, request: Request) -> dict[str, Any]:
        """The parameters by location and name, and the body, each parsed by its declaration in the fragment."""
        found = self._path.fullmatch(request.path)
        sent = {"query": parse_qs(request.query, keep_blank_values=True)}
        sent["path"] = {name: [unquote(found[place])] for place, name in enumerate(self.names, 1)} if found else {}
        values: dict[str, Any] = {place: {} for place, _ in self._declared}
        for (place, name), each in self._declared.items():
            if texts := request.header(name) if place == "header" else sent[place].get(name):
                is_joined = place != "query" or each.get("explode") is False
                values[place][name] = _value(texts, each["schema"], is_joined=is_joined)
            elif place == "query" and not each.get("required") and "default" in each["schema"]:
                values[place][name] = each["schema"]["default"]
        return values | ({"body": _json(request.body.decode(errors="replace"))} if request.body else {})


def _credential(scheme: Any) -> tuple[str, str]:
    """The header of a security scheme, and the prefix of its value."""
    if scheme.get("in", "header") != "header":
        raise NotImplementedError("a credential that is not in a header cannot be checked")
    return scheme.get("name", "authorization").lower(), f"{scheme['scheme']} " if "scheme" in scheme else ""


def _value(texts: list[str], schema: Any, *, is_joined: bool) -> Any:
    if "array" in types(schema):
        items = ",".join(texts).split(",") if is_joined else texts
        return [_value([item.strip()], schema.get("items", {}), is_joined=False) for item in items]
    if len(texts) > 1:  # not a list, so several values are invalid
        return texts
    return _json(texts[0]) if types(schema) & {"boolean", "integer", "number"} else texts[0]


def _json(text: str) -> Any:
    """The value of a JSON text, or the text itself if it is not JSON."""
    with suppress(ValueError):
        return json.loads(text)
    return text
