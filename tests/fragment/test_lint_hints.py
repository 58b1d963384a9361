"""Mistakes that people make again and again are told with what would be right."""

from collections.abc import Callable
from pathlib import Path

from cases import each

FRAGMENT = Path(__file__).resolve().parents[2] / "openapi" / "models.yaml"
Complaints = Callable[[str, str], list[str]]
BEFORE = "        display_name:\n"
NEIGHBOURS = "(is the line indented as its neighbours are?)"


@each(
    ("mistake", "line", "hint"),
    [
        ("          type: [string, null]\n", 1, 'null must be in quotes here: `"null"`'),
        (
            "          type: string\n          nullable: true\n",
            2,
            "`nullable` is not a keyword of the Schema Object: since OpenAPI 3.1 null is a type, "
            '`type: [string, "null"]`',
        ),
        (
            "          type: string\n            description: x\n",
            2,
            f"is not YAML: mapping values are not allowed here {NEIGHBOURS}",
        ),
        (
            "           type: string\n          description: x\n",
            2,
            f"is not YAML: while parsing a block mapping, expected <block end>, but found '<block mapping start>' "
            f"{NEIGHBOURS}",
        ),
        ("          type: [string\n", 0, None),
    ],
)
def test_a_common_mistake_is_told_with_what_would_be_right(
    complaints: Complaints, mistake: str, line: int, hint: str | None
) -> None:
    """A null type, OpenAPI 3.0's nullable, a wrong indentation: with the line, and no hint where none is known."""
    first = FRAGMENT.read_text(encoding="utf-8").split(BEFORE)[0].count("\n") + 1
    told = complaints(BEFORE, f"        mistaken:\n{mistake}{BEFORE}")

    assert told != []
    if hint is None:
        assert [complaint for complaint in told if NEIGHBOURS in complaint] == []
    else:
        assert told == [f"models.yaml:{first + line}: {hint}"]
