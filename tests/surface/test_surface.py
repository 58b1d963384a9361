"""The public surface is pinned, so that each change of it gets into the changelog."""

from difflib import unified_diff

from surface import PINNED, surface


def test_the_surface_is_the_pinned_one():
    """Every public name, signature, attribute, value and parent class is as in surface.txt."""
    pinned = PINNED.read_text(encoding="utf-8").splitlines()
    changes = [*unified_diff(pinned, surface(), "pinned", "now", n=0, lineterm="")]
    todo = "Add the changes to CHANGELOG.md under the next version, then run: python tests/surface/surface.py --write"

    assert changes == [], "\n".join(["the public surface has changed.", *changes, todo])
