"""The public surface is pinned: when a name, a signature or the error tree moves, the changelog owes a line."""

from cases import each
from surface import PINNED, owed, surface


def test_the_surface_is_the_pinned_one():
    """Every public name, signature, attribute and parent is the pinned one; a move says what the changelog owes."""
    lines = owed(PINNED.read_text(encoding="utf-8").splitlines(), surface())
    explained = "\n  ".join(
        [
            "the public surface moved. CHANGELOG.md owes, under the next version:",
            *lines,
            "then pin it anew: python tests/surface/surface.py --write",
        ]
    )

    assert lines == [], explained


@each(
    "line",
    [
        "class NotFoundError(APIStatusError)",
        "class OverloadedError(InternalServerError)",
        "class APITimeoutError(APIConnectionError)",
        "types.BaseModel",
        "NotFoundError.status_code = 404",
        "Client = Anthropic",
        "DEFAULT_MAX_RETRIES = 2",
        "Anthropic.is_closed(self) -> bool",
        "AsyncAnthropic.close(self) -> None",
        "Anthropic.with_raw_response -> ResourcesWithRawResponse",
    ],
)
def test_the_pin_holds_lines_like_this(line):
    """The pinned file has parents, attributes, values and signatures in it."""
    assert line in PINNED.read_text(encoding="utf-8").splitlines()


@each(
    ("pinned", "found", "expected"),
    [
        (["a()", "b()"], ["b()", "a()"], []),
        (["a()"], ["a()", "b(x)"], ["Added: `b(x)`"]),
        (["a()", "b(x)"], ["a()"], ["Removed (breaking): `b(x)`"]),
        (["a(x)"], ["a(x, y)"], ["Changed (breaking unless every call stays valid): `a(x)` is now `a(x, y)`"]),
        (
            ["c.x: int"],
            ["c.x: str"],
            ["Changed (breaking unless every call stays valid): `c.x: int` is now `c.x: str`"],
        ),
        (["N = 2"], ["N = 3"], ["Changed (breaking unless every call stays valid): `N = 2` is now `N = 3`"]),
        (
            ["class E(A)"],
            ["class E(B)"],
            ["Changed (breaking unless every call stays valid): `class E(A)` is now `class E(B)`"],
        ),
    ],
)
def test_a_move_owes_a_line(pinned, found, expected):
    """What was added, removed or changed is told as a line of the changelog."""
    assert owed(pinned, found) == expected
