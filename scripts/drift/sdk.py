"""Read the official SDK's method for an endpoint, and what its client sends with every request."""

import ast
from collections.abc import Callable, Iterator
from typing import TypeVar

import attrs
from codegen.problems import CannotRunError

from . import sdk_types
from .model import Endpoint, Parameter, Place, Type, unclear
from .package import Module, Package, entries

T = TypeVar("T")
SENDERS = {"_get_api_list": "get"} | {f"_{name}": name for name in ("get", "post", "put", "patch", "delete")}


@attrs.frozen
class Method:
    """A method of a resource, and the call in it that sends the request."""

    module: Module
    function: ast.FunctionDef
    send: ast.Call
    place: Place
    query: str

    @property
    def options(self) -> list[ast.keyword]:
        """The options of the request."""
        options = next((keyword.value for keyword in self.send.keywords if keyword.arg == "options"), None)
        return options.keywords if isinstance(options, ast.Call) else []

    @property
    def is_plain(self) -> bool:
        """Whether it has no fixed query or qualifiers, unlike the beta form of another method."""
        return not self.query and not any(option.arg == "qualifiers" for option in self.options)


def read(package: Package, method: str, path: str) -> Endpoint:
    """The endpoint as the SDK states it, with the parts that were not understood."""
    found = list(_methods(package, method, path))
    plain = [candidate for candidate in found if candidate.is_plain]
    if len(plain) != 1:
        places = ", ".join(str(candidate.place) for candidate in plain) or "none"
        raise CannotRunError(f"{package}: expected one method that sends {method.upper()} {path}, found: {places}")
    problems: list[str] = []

    def attempt(read: Callable[..., T], *arguments: object) -> T | None:
        try:
            return read(*arguments)
        except CannotRunError as error:
            problems.extend(error.lines)
            return None

    def form(candidate: Method) -> Endpoint:
        return Endpoint(method, path, _response(candidate), candidate.place, attempt(_parameters, candidate, path))

    return attrs.evolve(
        form(plain[0]),
        client_headers=attempt(_client_headers, package),
        credentials=attempt(_credentials, package),
        variants=tuple(form(candidate) for candidate in found if candidate is not plain[0]),
        unclear=tuple(problems),
    )


def _response(method: Method) -> Type:
    try:
        if method.function.returns is None:
            raise method.place.not_understood("a method without a return type")
        return sdk_types.read(method.function.returns, method.module)
    except CannotRunError as error:
        return unclear(error, method.place)


def _methods(package: Package, method: str, path: str) -> Iterator[Method]:
    for module in package.modules(f"{package.name}/resources/"):
        if path.split("{")[0] not in module.text:
            continue
        for function in _functions(module.tree):
            for call in ast.walk(function):
                match call:
                    case ast.Call(func=ast.Attribute(value=ast.Name(id="self"), attr=sender), args=[url, *_]):
                        template, _, query = _template(url).partition("?")
                        if SENDERS.get(sender) == method and template == path:
                            yield Method(module, function, call, module.place(function), query)


def _functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """The methods of the synchronous classes; the asynchronous ones repeat them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and not any(ast.unparse(base).startswith("Async") for base in node.bases):
            yield from (function for function in node.body if isinstance(function, ast.FunctionDef))


def _template(url: ast.expr) -> str:
    match url:
        case ast.Constant(value=str() as text) | ast.Call(args=[ast.Constant(value=str() as text)]):
            return text
        case ast.JoinedStr():
            return ast.unparse(url)[2:-1]
    return ""


def _parameters(method: Method, path: str) -> tuple[Parameter, ...]:
    signature, module = method.function.args, method.module
    positional = [*signature.posonlyargs, *signature.args][1:]
    optional = {argument.arg for argument in positional[len(positional) - len(signature.defaults) :]}
    optional |= {a.arg for a, default in zip(signature.kwonlyargs, signature.kw_defaults, strict=True) if default}
    arguments = {argument.arg: argument for argument in [*positional, *signature.kwonlyargs]}
    sent = {name: ("path", name) for name in arguments if f"{{{name}}}" in path}
    for location, key, value in _sent(method):
        sources = {part.id for part in ast.walk(value) if isinstance(part, ast.Name)} & arguments.keys()
        if not isinstance(key, ast.Constant) or len(sources) != 1 or location == "body":
            raise module.place(key).not_understood(f"{location}: {ast.unparse(key)}")
        sent[sources.pop()] = (location, str(key.value))
    parameters = []
    for name, argument in arguments.items():
        place = Place(module.path, argument.lineno)
        if name in sent and argument.annotation:
            location, wire = sent[name]
            kind = attrs.evolve(sdk_types.read(argument.annotation, module), nullable=False)
            parameters.append(Parameter(name, kind, name not in optional, place, wire, location))
        elif not any(o.arg == name and isinstance(o.value, ast.Name) and o.value.id == name for o in method.options):
            raise place.not_understood(f"where {name} goes in the request")
    return tuple(parameters)


def _sent(method: Method) -> Iterator[tuple[str, ast.expr, ast.expr]]:
    """The entries of the dictionaries that are sent, each with its location."""
    for part in ast.walk(method.function):
        match part:
            case ast.Assign(targets=[ast.Name(id="extra_headers")], value=headers):
                yield from (("header", *entry) for entry in entries(headers))
    for keyword in [*method.options, *method.send.keywords]:
        if keyword.arg in ("query", "body"):
            yield from ((keyword.arg, *entry) for entry in entries(keyword.value))


def _client_headers(package: Package) -> dict[str, str]:
    """The headers that are sent with every request and have a constant value, by name."""
    module = package.module(f"{package.name}/_client.py")
    found = {name: _text(value, module) for name, value in _entries(module, "default_headers")}
    if not found:
        raise Place(module.path, 1).not_understood("where the headers of every request are")
    return found


def _credentials(package: Package) -> dict[str, Place]:
    """The headers that a key or a token is sent in, as `x-api-key` or `authorization: bearer`."""
    module = package.module(f"{package.name}/_client.py")
    found = {}
    for part in ast.walk(_function(module, "auth_headers")):
        for name, value in _entries(module, part.attr) if isinstance(part, ast.Attribute) else ():
            match value:
                case ast.JoinedStr(values=[ast.Constant(value=str() as scheme), _]):
                    name = f"{name}: {scheme.strip()}"
            found[name.lower()] = module.place(value)
    if not found:
        raise Place(module.path, 1).not_understood("how the key is sent")
    return found


def _function(module: Module, name: str) -> ast.AST:
    """The first function of that name: the asynchronous client, which comes later, repeats it."""
    found = (node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef) and node.name == name)
    return next(found, ast.Module([], []))


def _entries(module: Module, name: str) -> Iterator[tuple[str, ast.expr]]:
    """Names and values in the dictionaries of a function."""
    found = entries(_function(module, name))
    return ((str(key.value), value) for key, value in found if isinstance(key, ast.Constant))


def _text(value: ast.expr, module: Module) -> str:
    if isinstance(value, ast.Name):
        module, definition = module.find(value.id, module.place(value))
        value = getattr(definition, "value", None) or value
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return value.value
    raise module.place(value).not_understood(ast.unparse(value))
