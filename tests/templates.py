"""Compiling a template of the generator once in a process, however often it generates: most of its time goes there."""

from jinja2 import Environment

_compile = Environment.compile
_known = {}


def compile_once(patch):
    """Let a template that has been compiled before be taken as it is: all environments of the generator are alike."""

    def compiled(environment, source, *rest, **options):
        key = source, rest, tuple(sorted(options.items()))
        if key not in _known:
            _known[key] = _compile(environment, source, *rest, **options)
        return _known[key]

    patch.setattr(Environment, "compile", compiled)
