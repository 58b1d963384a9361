"""Many small cases in one test: a case costs what it does, and not what a test of its own costs besides."""

import functools
import inspect

import pytest


def each(names, cases):
    """Like `pytest.mark.parametrize`, but within one test: all cases are tried, and the failure tells each that failed.

    The fixtures are made once. Those that can (the recording `server`, `naps`) start anew for each case; a case that
    changes anything else, through `monkeypatch` or below `tmp_path`, has to reckon with the others.
    """
    every, given = list(cases), (names,) if isinstance(names, str) else names
    assert every, "a test without a case passes whatever is wrong"

    def decorate(test):
        signature = inspect.signature(test)

        @functools.wraps(test)
        def try_each(**fixtures):
            failures = []
            for case in every:
                values = dict(zip(given, (case,) if isinstance(names, str) else case, strict=True))
                try:
                    test(**fixtures, **values)
                except (Exception, pytest.fail.Exception, pytest.skip.Exception) as failure:  # noqa: BLE001  # see below
                    failure.add_note(f"the case was {values!r}")
                    failures.append(failure)
                    if str(failure).startswith("Timeout"):  # the time of the whole test is over
                        break
                for fixture in fixtures.values():
                    getattr(fixture, "start_anew", bool)()
            if failures:
                raise BaseExceptionGroup(f"{len(failures)} of {len(every)} cases failed", failures)

        rest = [parameter for name, parameter in signature.parameters.items() if name not in given]
        try_each.__signature__ = signature.replace(parameters=rest)  # type: ignore[attr-defined]  # what pytest reads
        return try_each

    return decorate


def outcome(call, *arguments, **named):
    """What a call gives or raises; a test of many cases looks at all of them before it complains."""
    try:
        return call(*arguments, **named)
    except Exception as error:  # noqa: BLE001  # which may be what is wanted
        return error


def types(outcomes):
    """Of what class that is which came of each."""
    return {name: type(each) for name, each in outcomes.items()}


def not_refused(outcomes, word):
    """Those outcomes that are no TypeError or ValueError with this word in its message."""
    refused = (TypeError, ValueError)
    return {name: each for name, each in outcomes.items() if type(each) not in refused or word not in str(each)}
