"""Names that are loaded when they are first used, marks, and the halves of a generated function."""

from __future__ import annotations

import copy
import pickle
from typing import Any, cast

import pytest
from telling import told

import anthropic_models
from anthropic_models import errors, sentinels, settings, types
from anthropic_models._generated import Decoded, ModelInfo, Operation


def test_a_name_is_loaded_from_its_own_module(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once; then it is the package's own. The types are a module."""
    for name in ("NotFoundError", "DEFAULT_TIMEOUT", "omit", "types"):
        monkeypatch.delitem(vars(anthropic_models), name, raising=False)
    look = anthropic_models.__getattr__

    assert look("NotFoundError") is errors.NotFoundError is vars(anthropic_models)["NotFoundError"]
    assert look("DEFAULT_TIMEOUT") is settings.DEFAULT_TIMEOUT
    assert look("omit") is sentinels.omit
    assert look("types") is types


def test_a_name_that_there_is_not_is_told():
    """In Python's own words."""
    assert told(anthropic_models.__getattr__, "Typo") == (
        "AttributeError: module 'anthropic_models' has no attribute 'Typo'"
    )


def test_marks_come_back_from_copies_and_pickles():
    """`not_given` as the very same, under the name that it has in its module."""
    mark: Any = anthropic_models.not_given

    assert mark.__reduce__() == "not_given"
    assert [copy.copy(mark) is mark, copy.deepcopy(mark) is mark, pickle.loads(pickle.dumps(mark)) is mark] == [
        True
    ] * 3
    assert [repr(mark), repr(anthropic_models.omit), bool(mark), bool(anthropic_models.omit)] == [
        "NOT_GIVEN",
        "OMIT",
        False,
        False,
    ]


def test_what_was_asked_is_known_when_the_answer_is_parsed():
    """The path and the options reach the generated function again, with the status and the value of the answer."""
    seen: list[Any] = []

    def function(*path: str, client: Any, **options: Any) -> Any:
        http = client.get_httpx_client()
        answer = http.request(method="get", url="/")
        seen.append((path, options, answer.status_code, answer.json(), answer.content, answer.headers))
        seen.append((client.raise_on_unexpected_status, http is client))
        return type("Answer", (), {"parsed": "it"})

    operation: Operation[ModelInfo] = Operation(cast("Any", function), ModelInfo)

    assert operation.parse(Decoded(201, [1]), "a", "b", option=1) == "it"
    assert seen == [(("a", "b"), {"option": 1}, 201, [1], b"", {}), (False, True)]


def test_a_function_that_asks_for_nothing_is_told_apart():
    """From one that was asked for too much: whole sentences."""
    silent: Any = Operation(cast("Any", lambda *_, client: None), ModelInfo)
    greedy: Any = Operation(
        cast("Any", lambda *_, client: client.get_httpx_client().request(url="/", json=1, data=2)), ModelInfo
    )

    assert [told(silent.build), told(greedy.build)] == [
        "AssertionError: the generated function returned without asking its client for anything",
        "NotImplementedError: requests with data, json are not sent yet",
    ]
