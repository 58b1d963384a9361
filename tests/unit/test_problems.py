"""The form of every complaint: its lines, its proposals, and how long it may get."""

from codegen.problems import Problem, nearest, one_line


def test_a_complaint_has_the_form_that_editors_read() -> None:
    """A complaint about a whole file names the file alone."""
    assert [str(Problem("a.yaml", line, "is odd")) for line in (0, 12)] == ["a.yaml: is odd", "a.yaml:12: is odd"]


def test_the_nearest_word_is_proposed() -> None:
    """If several words are near, only the nearest; if none is, nothing is said."""
    words = {"schema", "schemas", "schemes", "servers"}

    assert (nearest("schemass", words), nearest("unlike", words)) == (": did you mean `schemas`?", "")


def test_a_long_text_is_cut() -> None:
    """At two hundred characters; line breaks and wide gaps count as one space each before the text is measured."""
    assert [one_line("x" * length) for length in (200, 201)] == ["x" * 200, "x" * 199 + "…"]
    assert one_line(" one\n\n two\tthree ", 13) == "one two three"
    assert one_line(" one\n\n two\tthree ", 12) == "one two thr…"
