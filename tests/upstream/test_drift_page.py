"""Drift against the reference page: differences are told exactly, with the line of the fragment."""

import json
from pathlib import Path

from cases import each

PAGE = Path(__file__).with_name("data") / "page.md"

VALUES = '"message-batches-2024-09-24", "prompt-caching-2024-07-31", "computer-use-2024-10-22", 16 more'
BETA = "anthropic-beta"
MOVED = {
    "a field added": (
        "  - `display_name: str`",
        "  - `max_tokens: Optional[int]`\n\n    How many.\n\n  - `display_name: str`",
        {("field", "ModelInfo.max_tokens", "added", "", "integer or null")},
    ),
    "a field renamed": (
        "  - `display_name: str`",
        "  - `title: str`",
        {
            ("field", "ModelInfo.display_name", "gone", "string", "perhaps now title"),
            ("field", "ModelInfo.title", "added", "", "string"),
        },
    ),
    "a field gone": ("  - `id: str`\n\n    Names the model.\n", "", {("field", "ModelInfo.id", "gone", "string", "")}),
    "a field of another type": (
        "created_at: datetime",
        "created_at: int",
        {("field", "ModelInfo.created_at", "changed", "string (date-time)", "integer")},
    ),
    "a field that may be null": (
        "display_name: str",
        "display_name: Optional[str]",
        {("field", "ModelInfo.display_name", "changed", "string", "string or null")},
    ),
    "a constant with another value": (
        '`type: Literal["model"]`\n\n    What the object is.\n\n    Of a model, always `"model"`.\n\n    - `"model"`',
        '`type: Literal["llm"]`\n\n    - `"llm"`',
        {("field", "ModelInfo.type", "changed", "always model", "always llm")},
    ),
    "a field with fields of its own": (
        "  - `display_name: str`",
        '  - `limits: Limits`\n\n    What is allowed.\n\n    - `stage: Literal["a", "b"]`\n\n      - `a`: the first\n\n'
        '      - `"a"`\n\n      - `"b"`\n\n  - `display_name: str`',
        {
            ("field", "ModelInfo.limits", "added", "", "Limits"),
            ("field", "Limits.stage", "added", "", "string (known: a, b)"),
        },
    ),
    "a known value dropped": (
        f'{VALUES}]`\n\n    - `"message-batches-2024-09-24"`\n',
        f"{VALUES.split(', ', 1)[1]}]`\n",
        {("known value", BETA, "gone", "message-batches-2024-09-24", "")},
    ),
    "a known value added": (
        f'{VALUES}]`\n\n    - `"message-batches-2024-09-24"`\n',
        f'"new-2026-01-01", {VALUES}]`\n\n    - `"new-2026-01-01"`\n\n    - `"message-batches-2024-09-24"`\n',
        {("known value", BETA, "added", "", "new-2026-01-01")},
    ),
    "a parameter made required": (
        "betas: Optional[List[AnthropicBetaParam]]",
        "betas: List[AnthropicBetaParam]",
        {("parameter", BETA, "changed", "optional header", "required header")},
    ),
    "a parameter whose values are closed": (
        "  - `UnionMember0 = str`\n",
        "",
        {("parameter", BETA, "narrowed", "any string", "known values only")},
    ),
    "a parameter of another type": (
        "model_id: str",
        "model_id: int",
        {("parameter", "model_id", "changed", "string", "integer")},
    ),
    "a parameter added": (
        "- `model_id: str`",
        "- `workspace: Optional[str]`\n\n- `model_id: str`",
        {("parameter", "workspace", "added", "", "optional, string")},
    ),
}


@each("case", MOVED)
def test_difference_of_the_page_is_told_exactly(case, page: Path, run, told):
    """Each change of the page is told as what it is, nothing else is told, and the exit code is 1."""
    old, new, expected = MOVED[case]
    text = PAGE.read_text("utf-8")
    assert text.count(old) == 1
    page.write_text(text.replace(old, new), "utf-8")

    assert (set(told("--page", page)), run("--page", page)[0]) == (expected, 1)


def test_page_of_another_endpoint_is_exit_2(page: Path, run):
    """A page about an endpoint that the fragment does not have says nothing about the fragment."""
    page.write_text(page.read_text("utf-8").replace("/v1/models/{model_id}`", "/v1/files/{model_id}`"), "utf-8")
    code, _, error = run("--page", page)

    assert (code, "there is no operation GET /v1/files/{model_id}" in error) == (2, True)


def test_page_that_says_the_same_is_exit_0(page: Path, run):
    """A page that says what the fragment says is exit code 0, in one line."""
    code, output, _ = run("--page", page)

    assert (code, output.count("\n"), "says the same" in output) == (0, 1, True)


def test_difference_has_the_line_of_the_fragment(page: Path, fragment: Path, run):
    """The table gives for each difference the line of the fragment that it is about, in the order of lines."""
    text = (
        page.read_text("utf-8")
        .replace("created_at: datetime", "created_at: int")
        .replace("model_id: str", "model_id: int")
    )
    page.write_text(text, "utf-8")
    lines = fragment.read_text("utf-8").splitlines()
    expected = [lines.index("    ModelId:") + 1, lines.index("        created_at:") + 1]
    table = run("--page", page)[1].splitlines()[3:]

    assert [int(line.split()[0].rpartition(":")[2]) for line in table] == expected
    assert [one["line"] for one in json.loads(run("--json", "--page", page)[1])["differences"]] == expected
