"""Everything that a log, a debugger's summary or a crash reporter shows of an error."""

from __future__ import annotations

import pickle
import traceback
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def shown(error: BaseException) -> Iterator[str]:
    """Texts of an error and of all that led to it: reprs, attributes, tracebacks."""
    todo: list[BaseException | None] = [error]
    seen: set[int] = set()
    while todo:
        each = todo.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        yield from (repr(each), str(each), repr(each.args), repr(vars(each)), repr(getattr(each, "object", "")))
        for value in vars(each).values():
            yield repr([value, getattr(value, "__dict__", None)])
        yield "".join(traceback.format_exception(each))
        todo += [each.__cause__, each.__context__]


def leaks(errors: Mapping[str, Any], key: str) -> dict[str, list[str]]:
    """Where the key can be found in each error: its repr, str, args, attributes, traceback, chain or pickle."""
    places = {
        name: [text for text in (*shown(error), repr(pickle.dumps(error))) if key in text]
        for name, error in errors.items()
    }
    return {name: texts for name, texts in places.items() if texts}
