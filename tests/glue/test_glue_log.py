"""What ANTHROPIC_LOG sets up: the level, and a handler where the program has none."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from anthropic_models import log


@pytest.fixture
def logger(monkeypatch: pytest.MonkeyPatch) -> logging.Logger:
    """A logger of the test's own in the place of the package's, below no other."""
    logger = logging.Logger("anthropic_models", logging.WARNING)
    monkeypatch.setattr(log, "log", logger)
    return logger


def test_the_variable_sets_the_level(logger: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """`debug` and `info`, however they are written; anything else, and no variable, leave the log alone."""
    found = {}
    for value in (None, "", "warning", "XXXX", "info", " DEBUG\n", "Info"):
        logger.setLevel(logging.WARNING)
        logger.handlers.clear()
        monkeypatch.delenv("ANTHROPIC_LOG", raising=False)
        if value is not None:
            monkeypatch.setenv("ANTHROPIC_LOG", value)
        log.heed_environment()
        found[value] = (logging.getLevelName(logger.level), len(logger.handlers))

    assert found == {
        **dict.fromkeys((None, "", "warning", "XXXX"), ("WARNING", 0)),
        **dict.fromkeys(("info", "Info"), ("INFO", 1)),
        " DEBUG\n": ("DEBUG", 1),
    }


def test_a_line_says_when_who_and_how_urgent(logger: Any, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    """On standard error, in brackets before the message."""
    monkeypatch.setenv("ANTHROPIC_LOG", "info")
    log.heed_environment()
    record = logging.makeLogRecord({"name": "n", "levelname": "L", "msg": "said %s", "args": ("so",), "created": 0})
    logger.handlers[0].formatter.converter = lambda _: (1970, 1, 1, 0, 0, 0, 3, 1, 0)
    logger.handlers[0].handle(record)

    assert capsys.readouterr().err == f"[1970-01-01 00:00:00,{int(record.msecs):03d} - n:L] said so\n"


def test_a_program_that_has_a_handler_keeps_it_alone(logger: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The level is set, no line is shown twice, and a second client adds nothing."""
    mine = logging.NullHandler()
    logger.addHandler(mine)
    monkeypatch.setenv("ANTHROPIC_LOG", "debug")
    log.heed_environment()
    log.heed_environment()

    assert (logger.level, logger.handlers) == (logging.DEBUG, [mine])
