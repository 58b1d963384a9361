"""A page in a form that is not known is never called the same: it is exit code 2, with the line."""

import re
from pathlib import Path

import pytest
from cases import each

PAGE = Path(__file__).with_name("data") / "page.md"
LATER = PAGE.with_name("page_2026.md")

GARBLED = {
    "an empty page": (None, "", "a page names one endpoint, this one 0"),
    "a page of HTML": (None, "<!DOCTYPE html>\n<p>Not found</p>\n", "a page names one endpoint, this one 0"),
    "two endpoints": ("### Parameters\n", "**get** `/v1/models`\n\n### Parameters\n", "one endpoint, this one 2"),
    "a section that is missing": ("### Parameters\n", "", "the section `### Parameters` is missing"),
    "a section that is empty": (
        "### Returns\n",
        "### Returns\n\n### Example 1\n",
        "the section `### Returns` is missing",
    ),
    "a heading that is not known": ("### Returns", "### Query Parameters", "### Query Parameters"),
    "fields in a table": ("  - `id: str`", "  | id | str |", "| id | str |"),
    "another kind of bullet": ("  - `id: str`", "  * `id: str`", "* `id: str`"),
    "a type outside the code": ("  - `id: str`", "  - `id`: str", "- `id`: str"),
    "a bullet too deep": ("  - `id: str`", "      - `id: str`", "- `id: str`"),
    "text where none belongs": ("### Returns\n", "### Returns\n\nA model.\n", "A model."),
    "a field without a type": ("`id: str`", "`id`", "id"),
    "a type that is not Python": ("created_at: datetime", "created_at: date time", "date time"),
    "a type that is not explained": ("created_at: datetime", "created_at: Moment", "nothing is told about Moment"),
    "a type with brackets that is not known": ("created_at: datetime", "created_at: Set[str]", "Set[str]"),
    "fewer values than are said": ("16 more", "17 more", "17 more] lists 19 values"),
    "values that do not begin as is said": ('Literal["message-', 'Literal["massage-', "under Literal"),
    "values without their list": ("`id: str`", '`id: Literal["a", "b"]`', "nothing is told about a type"),
    "a count without values": ("`id: str`", "`id: List[2 more]`", "List[2 more]"),
    "two fields of one name": ("display_name: str", "id: str", "a field that is told twice"),
    "an answer that is no class": ("class ModelInfo: â€¦", "ModelInfo", "an answer is one class"),
}


@each("case", GARBLED)
def test_page_that_is_not_understood_is_exit_2(case, page: Path, run):
    """A page in a form that is not known is exit code 2, with the line and what stands there."""
    old, new, message = GARBLED[case]
    text = PAGE.read_text("utf-8")
    assert old is None or text.count(old) == 1
    page.write_text(new if old is None else text.replace(old, new), "utf-8")
    code, output, error = run("--page", page)

    assert (code, output, error.count("\n")) == (2, "", 1)
    assert re.search(r"page\.md:[0-9]+: not understood: ", error) and message in error


def test_line_that_was_not_understood_is_named(page: Path, run):
    """The message of a garbled line names exactly that line of the page."""
    lines = page.read_text("utf-8").splitlines()
    number = lines.index("  - `created_at: datetime`") + 1
    lines[number - 1] = "  - created_at, a datetime"
    page.write_text("\n".join(lines), "utf-8")

    assert f"{page}:{number}: not understood: - created_at, a datetime" in run("--page", page)[2]


def test_no_bullet_of_the_page_can_be_lost_unnoticed(page: Path, run):
    """A page that lacks any one of its bullets is never called the same."""
    lines = page.read_text("utf-8").splitlines()
    bullets = [number for number, line in enumerate(lines) if line.lstrip().startswith("- `")]
    unnoticed = []
    for number in bullets:
        page.write_text("\n".join(lines[:number] + lines[number + 1 :]), "utf-8")
        if run("--page", page)[0] == 0:
            unnoticed.append(lines[number])

    assert (unnoticed, len(bullets)) == ([], 29)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"x" * (2 * 2**20 + 1)], ids=["not UTF-8", "too large"])
def test_page_that_cannot_be_read_is_exit_2(content, page: Path, run):
    """A file that is no text, or larger than any page, is exit code 2 in one line."""
    page.write_bytes(content)
    code, output, error = run("--page", page)

    assert (code, output, error.count("\n")) == (2, "", 1)


@each("source", ["http://127.0.0.1/page.md", "ftp://127.0.0.1/page.md", "missing.md"])
def test_source_that_is_neither_a_file_nor_https_is_exit_2(source, run):
    """Only a file or an https URL is read."""
    code, output, error = run("--page", source)

    assert (code, output, source in error) == (2, "", True)


def test_later_form_of_the_page_is_read(told, run):
    """Alternatives without names of their own, a class told in full once, and unions at a field are understood."""
    assert sorted(row[1:] for row in told("--page", LATER)) == [
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
    assert run("--page", LATER)[0] == 1


def test_later_form_of_the_page_can_be_written(fragment: Path, run):
    """After a sync with the later form of the page there is no difference left."""
    assert run("--write", "--page", LATER)[0] == 0
    assert run("--page", LATER)[0] == 0


@each("source", [PAGE, LATER])
def test_page_that_is_cut_off_is_exit_2(source: Path, page: Path, run):
    """A page that ends anywhere before its end tells nothing: no field is called gone because it was not sent."""
    lines = source.read_text("utf-8").rstrip().splitlines()
    codes = []
    for end in range(len(lines) - (9 if source is LATER else 1)):  # the example of an answer may be missing
        page.write_text("\n".join(lines[: end + 1]), "utf-8")
        codes.append(run("--page", page)[0])

    whole = [end for end, code in enumerate(codes) if code != 2]
    assert [lines[end] for end in whole] == []
