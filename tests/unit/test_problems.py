"""The form of every complaint: its lines, its proposals, and how long it may get."""

from codegen.problems import Problem, nearest, one_line


def test_a_line_of_nothing_is_not_told() -> None:
    """A complaint about a whole file names the file alone; any other has the line as editors read it."""
    assert [str(Problem("a.yaml", line, "is odd")) for line in (0, 1, 12)] == [
        "a.yaml: is odd",
        "a.yaml:1: is odd",
        "a.yaml:12: is odd",
    ]


def test_one_word_is_proposed_and_the_nearest_one() -> None:
    """Where several words are near, only the nearest is proposed; where none is, nothing is said."""
    words = {"schema", "schemas", "schemes", "servers"}
    proposed = {word: nearest(word, words) for word in ("schemass", "servrs", "unlike")}

    assert proposed == {
        "schemass": ": did you mean `schemas`?",
        "servrs": ": did you mean `servers`?",
        "unlike": "",
    }


def test_a_text_of_two_hundred_characters_is_left_whole() -> None:
    """A longer one has exactly two hundred too, the last of which says that there was more."""
    texts = {length: one_line("x" * length) for length in (199, 200, 201, 5000)}

    assert texts == {199: "x" * 199, 200: "x" * 200, 201: "x" * 199 + "…", 5000: "x" * 199 + "…"}


def test_a_limit_may_be_given() -> None:
    """Line breaks and wide gaps count as one space each before the text is measured."""
    assert one_line(" one\n\n two\tthree ", 13) == "one two three"
    assert one_line(" one\n\n two\tthree ", 12) == "one two thr…"
