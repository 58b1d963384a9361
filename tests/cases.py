"""Many small cases in one test, which saves the setup of a test for each case."""

import functools
import inspect

import pytest


def each(names, cases):
    """Like `pytest.mark.parametrize`, but within one test: all cases run, and the failure has each case that failed.

    Fixtures are created once. Those with a method `start_anew` (the recording `server`, `naps`) are reset after each
    case; a case that changes anything else, through `monkeypatch` or below `tmp_path`, must not affect the others.
    """
    every, given = list(cases), (names,) if isinstance(names, str) else names
    assert every, "a test without cases would always pass"

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
                    if str(failure).startswith("Timeout"):  # the time limit of the whole test is exceeded
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
    """What a call returns or raises, so that a test can compare many outcomes at once."""
    try:
        return call(*arguments, **named)
    except Exception as error:  # noqa: BLE001  # it may be the expected one
        return error


def types(outcomes):
    """The type of each outcome."""
    return {name: type(each) for name, each in outcomes.items()}


def not_refused(outcomes, word):
    """The outcomes that are not a TypeError or ValueError with this word in the message."""
    refused = (TypeError, ValueError)
    return {name: each for name, each in outcomes.items() if type(each) not in refused or word not in str(each)}
