"""Drift against the reference page: differences are reported exactly, and a page in an unknown form never matches."""

import re
from pathlib import Path

from cases import each
from codegen.problems import CannotRunError
from drift.page import read

PAGE = Path(__file__).with_name("data") / "page.md"
LATER = PAGE.with_name("page_2026.md")
TEXT = PAGE.read_text("utf-8")

VALUES = '"message-batches-2024-09-24", "prompt-caching-2024-07-31", "computer-use-2024-10-22", 16 more'
FIRST_VALUE = f'{VALUES}]`\n\n    - `"message-batches-2024-09-24"`\n'
NAME, ID = "  - `display_name: str`", "- `model_id: str`"
TYPE = '`type: Literal["model"]`\n\n    What the object is.\n\n    Of a model, always `"model"`.\n\n    - `"model"`'
LIMITS = "  - `limits: Limits`\n\n    What is allowed.\n\n    - `stage: "
LIMITS += 'Literal["a", "b"]`\n\n      - `a`: the first\n\n      - `"a"`\n\n      - `"b"`\n\n'
MOVED = [
    (NAME, f"  - `size: Optional[int]`\n\n    How much.\n\n{NAME}", "field ModelInfo.size added | integer or null"),
    (
        NAME,
        "  - `title: str`",
        "field ModelInfo.display_name missing string | perhaps renamed to title",
        "field ModelInfo.title added | string",
    ),
    (TYPE, '`type: Literal["llm"]`\n\n    - `"llm"`', "field ModelInfo.type changed always model | always llm"),
    (NAME, LIMITS + NAME, "field ModelInfo.limits added | Limits", "field Limits.stage added | string (known: a, b)"),
    (
        FIRST_VALUE,
        f'"new-2026-01-01", {VALUES}]`\n\n    - `"new-2026-01-01"`\n\n    - `"message-batches-2024-09-24"`\n',
        "known value anthropic-beta added | new-2026-01-01",
    ),
    (FIRST_VALUE, f"{VALUES.split(', ', 1)[1]}]`\n", "known value anthropic-beta missing message-batches-2024-09-24 |"),
    (
        "betas: Optional[List[AnthropicBetaParam]]",
        "betas: List[AnthropicBetaParam]",
        "parameter anthropic-beta changed optional header | required header",
    ),
    ("  - `UnionMember0 = str`\n", "", "parameter anthropic-beta narrowed any string | known values only"),
    (ID, f"- `workspace: Optional[str]`\n\n{ID}", "parameter workspace added | optional, string"),
]
GARBLED = {
    "### Parameters\n": [
        ("", "`### Parameters` is missing"),
        ("**get** `/v1/m`\n\n### Parameters\n", "one endpoint, this one 2"),
    ],
    "### Returns": [
        ("### Returns\n\n### Example 1\n", "the section `### Returns` is missing"),
        ("### Query Parameters", "### Query Parameters"),
        ("### Returns\n\nA model.\n", "A model."),
    ],
    "  - `id: str`": [
        ("  | id | str |", "| id | str |"),
        ("  * `id: str`", "* `id: str`"),
        ("  - `id`: str", "- `id`: str"),
        ("      - `id: str`", "- `id: str`"),
        ("  - `id`", "id"),
        ('  - `id: Literal["a", "b"]`', "there is no description of a type"),
        ("  - `id: List[2 more]`", "List[2 more"),
    ],
    "created_at: datetime": [
        ("created_at: date time", "date time"),
        ("created_at: Moment", "there is no description of Moment"),
        ("created_at: Set[str]", "Set[str]"),
    ],
    "16 more": [("17 more", "17 more] lists 19 values")],
    'Literal["message-': [('Literal["massage-', "under Literal")],
    "display_name: str": [("id: str", "a duplicate field")],
    "class ModelInfo: â€¦": [("ModelInfo", "the response must be one class")],
    TEXT: [("", "a page describes one endpoint, this one 0"), ("<!DOCTYPE html>\n<p>Not found</p>\n", "this one 0")],
}


@each("case", MOVED)
def test_difference_of_the_page_is_reported_exactly(case, page, run, differences):
    """Each change of the page is reported as the expected differences and no others, with exit code 1."""
    old, new, *expected = case
    assert TEXT.count(old) == 1
    page.write_text(TEXT.replace(old, new), "utf-8")
    rows = {" ".join(filter(None, (*row[:4], "|", row[4]))) for row in differences("--page", page)}

    assert (rows, run("--page", page)[0]) == ({*expected}, 1)


def test_matching_page_is_exit_0(page, run, refused):
    """A match is reported in one line; a page of another endpoint is exit code 2."""
    code, output, _ = run("--page", page)
    assert (code, output.count("\n"), "matches" in output) == (0, 1, True)
    page.write_text(TEXT.replace("/v1/models/{model_id}`", "/v1/files/{model_id}`"), "utf-8")
    assert "there is no operation GET /v1/files/{model_id}" in refused("--page", page)


@each(("old", "new", "message"), [(old, *case) for old, cases in GARBLED.items() for case in cases])
def test_page_that_is_not_understood_is_exit_2(old, new, message, page, refused):
    """A page in an unknown form is exit code 2, with the line and its text."""
    assert TEXT.count(old) == 1
    page.write_text(TEXT.replace(old, new), "utf-8")
    error = refused("--page", page)

    assert (error.count("\n"), message in error) == (1, True)
    number = int(re.search(r"page\.md:([0-9]+): not understood: ", error)[1])
    assert number in (1, TEXT[: TEXT.index(old)].count("\n") + 1) or "`" not in old


@each("content", [b"\xff\xfe", b"x" * (2 * 2**20 + 1)])
def test_page_that_cannot_be_read_is_exit_2(content, page, refused):
    """A file that is not text, or is larger than any page, is exit code 2 in one line."""
    page.write_bytes(content)

    assert refused("--page", page).count("\n") == 1


def test_page_without_one_of_its_bullets_never_matches(page, run):
    """If any single bullet is missing, the result is a difference or an error."""
    lines = TEXT.splitlines()
    bullets = [number for number, line in enumerate(lines) if line.lstrip().startswith("- `")]
    unnoticed = []
    for number in bullets:
        page.write_text("\n".join(lines[:number] + lines[number + 1 :]), "utf-8")
        if run("--page", page)[0] == 0:
            unnoticed.append(lines[number])

    assert (unnoticed, len(bullets)) == ([], 29)


@each(("source", "may_lack"), [(PAGE, 1), (LATER, 9)])
def test_truncated_page_is_refused(source, may_lack):
    """A page truncated after any line is refused, so that the missing fields are not reported as gone."""
    lines = source.read_text("utf-8").rstrip().splitlines()
    understood = []
    for end in range(1, len(lines) - may_lack + 1):  # the example of a response may be missing
        try:
            read("\n".join(lines[:end]), "page")
        except CannotRunError:
            continue
        understood.append(lines[end])

    assert understood == []


def test_later_form_of_the_page_is_understood(differences, run):
    """Alternatives without names, a class that is described once, and unions in a field are read and written."""
    assert sorted(row[1:] for row in differences("--page", LATER)) == [
        ("Abilities.batch", "added", "", "Ability"),
        ("Abilities.depth", "added", "", "Depth"),
        ("Abilities.pdf", "added", "", "Ability or null"),
        ("Ability.supported", "added", "", "boolean"),
        ("Depth.high", "added", "", "Ability"),
        ("ModelInfo.abilities", "added", "", "Abilities or null"),
        ("ModelInfo.line", "added", "", "string (known: small, large, huge) or null"),
        ("ModelInfo.stage", "added", "", "string (known: early, late) or null"),
        ("ModelInfo.tier", "added", "", "string or integer"),
    ]
    assert [run(*write, "--page", LATER)[0] for write in ([], ["--write"], [])] == [1, 0, 0]
