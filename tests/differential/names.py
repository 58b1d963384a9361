"""Lists the public names of a client library; as a program, in JSON, given the module and the URL of a server."""

import asyncio
import importlib
import inspect
import json
import pkgutil
import sys
import warnings

PROTOCOLS = ("__iter__", "__getitem__", "__contains__", "__enter__", "__exit__", "__aenter__", "__aexit__", "__hash__")


def arguments(name, function):
    """The arguments that can be given by name, as `name(argument=)`."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return
    for each in parameters:
        if each.kind in (each.KEYWORD_ONLY, each.POSITIONAL_OR_KEYWORD) and each.name not in ("self", "cls"):
            yield f"{name}({each.name}=)"


def members(name, value):
    """The public attributes of a value or class, the arguments of its methods, and the protocols that it supports."""
    kind = value if isinstance(value, type) else type(value)
    annotated = {each for base in kind.__mro__ for each in inspect.get_annotations(base)}
    for member in sorted({*dir(value), *annotated}):
        if member in PROTOCOLS:
            yield f"{name}.{member}"
        if not member.startswith("_"):
            yield f"{name}.{member}"
            try:
                found = getattr(value, member)
            except Exception:  # noqa: BLE001  # an attribute that this value does not have
                continue
            if inspect.isroutine(found):
                yield from arguments(f"{name}.{member}", found)


def library(module):
    """The names of the module, its public submodules, and the errors."""
    for name in module.__all__:
        yield f"anthropic.{name}"
        value = getattr(module, name, None)
        if isinstance(value, type) and issubclass(value, Exception):
            yield from arguments(name, value)
            yield from (f"{name}({base.__name__})" for base in value.__mro__[1:])
            yield from (each for each in members(name, value) if not each.startswith(f"{name}.with_traceback"))
    yield from (f"anthropic.{each.name}" for each in pkgutil.iter_modules(module.__path__) if each.name[0] != "_")
    types = importlib.import_module(f"{module.__name__}.types")
    yield from (f"types.{each}" for each in dir(types) if each.startswith(("Model", "AnthropicBeta", "BetaModel")))


def client(made):
    """The arguments and members of a client and its resources."""
    yield from arguments("Anthropic", type(made))
    yield from members("client", made)
    yield from members("client.models", made.models)
    for form in ("with_raw_response", "with_streaming_response"):
        yield from members(f"client.{form}", getattr(made, form, None))
        yield from members(f"client.models.{form}", getattr(made.models, form))


def blocking(module, url):
    """The names of the blocking client and of what its methods return."""
    with module.Anthropic(api_key="k", base_url=url) as made:
        yield from client(made)
        yield from members("model", made.models.retrieve("m"))
        yield from members("raw", made.models.with_raw_response.retrieve("m"))
        with made.models.with_streaming_response.retrieve("m") as response:
            yield from members("response", response)


async def asynchronous(module, url):
    """The names of the asynchronous client and of what its methods return."""
    async with module.AsyncAnthropic(api_key="k", base_url=url) as made:
        names = [*client(made), *members("model", await made.models.retrieve("m"))]
        names += members("raw", await made.models.with_raw_response.retrieve("m"))
        async with made.models.with_streaming_response.retrieve("m") as response:
            names += members("response", response)
    return names


def listed(name, url):
    """The names of a module, of its blocking client and of its asynchronous one, found with calls to a server."""
    module = importlib.import_module(name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # some names are deprecated
        return {
            "library": sorted({*library(module)}),
            "blocking": sorted({*blocking(module, url)}),
            "asynchronous": sorted({*asyncio.run(asynchronous(module, url))}),
        }


if __name__ == "__main__":
    print(json.dumps(listed(*sys.argv[1:])))  # noqa: T201  # the output of a program
