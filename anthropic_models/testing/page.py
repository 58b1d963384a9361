"""A list of models, page by page.

The names of the paging are written here: they are the vendor's convention, the same for every list.
"""

from collections.abc import Mapping
from typing import Any

from anthropic_models.testing.answers import Answers


class Page:
    """How an operation lists models.

    Attributes:
        lookup: The answers of the operation that looks up one of what is listed.
    """

    def __init__(self, field: str, answers: Answers, lookup: Answers, limit: int | None) -> None:
        self.lookup = lookup
        self._limit = limit
        self._field = field
        self._fields = answers.schema["properties"]
        self._example: dict[str, Any] = next(iter(answers.examples), {})

    def body(self, models: list[Any], query: Mapping[str, Any]) -> dict[str, Any]:
        """One page of the models.

        Args:
            models: All there are, in their order.
            query: The parameters of the request that the fragment declares.

        Raises:
            KeyError: There is no such model as the page is to begin after, or to end before.
        """
        names = [model[self.lookup.key_field] for model in models]
        places = {name: place for place, name in enumerate(names)}
        first = places[query["after_id"]] + 1 if "after_id" in query else 0
        end = places[query["before_id"]] if "before_id" in query else len(models)
        limit = query.get("limit", self._limit or len(models))
        start, stop = (max(first, end - limit), end) if "before_id" in query else (first, min(end, first + limit))
        known = {
            self._field: models[start:stop],
            "has_more": start > first or stop < end,
            "first_id": next(iter(names[start:stop]), None),
            "last_id": next(reversed(names[start:stop]), None),
        }
        return self._example | {name: value for name, value in known.items() if name in self._fields}
