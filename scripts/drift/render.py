"""The report, for people and for machines."""

import json
from collections.abc import Sequence

from .compare import Difference

HEADS = ("where", "what", "name", "change", "the fragment", "upstream")


def table(differences: Sequence[Difference]) -> str:
    """One line for each difference, in columns."""
    rows = [HEADS, *((str(d.place), d.what, d.name, d.change, d.fragment, d.upstream) for d in differences)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)


def as_json(source: str, differences: Sequence[Difference]) -> str:
    """The same as one JSON object."""
    listed = [
        {
            "file": difference.place.file,
            "line": difference.place.line,
            "what": difference.what,
            "name": difference.name,
            "change": difference.change,
            "fragment": difference.fragment,
            "upstream": difference.upstream,
            "additive": difference.additive,
        }
        for difference in differences
    ]
    return json.dumps({"source": source, "moved": bool(listed), "differences": listed}, indent=2, ensure_ascii=False)
