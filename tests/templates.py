"""Compiles each template of the generator once per process, because most of its time is spent there."""

from jinja2 import Environment

_compile = Environment.compile
_known = {}


def compile_once(patch):
    """Cache compiled templates; all environments of the generator have the same settings."""

    def compiled(environment, source, *rest, **options):
        key = source, rest, tuple(sorted(options.items()))
        if key not in _known:
            _known[key] = _compile(environment, source, *rest, **options)
        return _known[key]

    patch.setattr(Environment, "compile", compiled)
