"""The public surface is pinned: when a name, a signature or the error tree moves, the changelog owes a line."""

from difflib import unified_diff

from surface import PINNED, surface


def test_the_surface_is_the_pinned_one():
    """Every public name, signature, attribute, value and parent is the pinned one."""
    pinned = PINNED.read_text(encoding="utf-8").splitlines()
    moved = [*unified_diff(pinned, surface(), "pinned", "now", n=0, lineterm="")]
    todo = "CHANGELOG.md owes what moved, under the next version; then: python tests/surface/surface.py --write"

    assert moved == [], "\n".join(["the public surface moved.", *moved, todo])
