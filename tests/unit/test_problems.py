"""How long a complaint may get."""

from codegen.problems import one_line


def test_a_long_text_is_cut() -> None:
    """At two hundred characters; line breaks and wide gaps count as one space each before the text is measured."""
    assert [one_line("x" * length) for length in (200, 201)] == ["x" * 200, "x" * 199 + "…"]
    assert one_line(" one\n\n two\tthree ", 13) == "one two three"
    assert one_line(" one\n\n two\tthree ", 12) == "one two thr…"
