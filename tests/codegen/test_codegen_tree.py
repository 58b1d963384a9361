"""Folders as plain data: what counts as a file, and the words and limits of a diff."""

from pathlib import Path

from codegen import tree


def test_only_regular_files_have_content(tmp_path: Path) -> None:
    """A link is no file, whatever it leads to; a folder is not told for itself."""
    (tmp_path / "b" / "empty").mkdir(parents=True)
    (tmp_path / "b" / "file").write_bytes(b"\xff")
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "c").symlink_to("b/file")
    (tmp_path / "d").symlink_to("nowhere")

    assert list(tree.read(tmp_path).items()) == [("a", None), ("b/file", b"\xff"), ("c", None), ("d", None)]


def test_a_folder_below_one_of_bytecode_is_read(tmp_path: Path) -> None:
    """Only the bytecode below the folder is passed over, not a folder that lies in such a place itself."""
    folder = tmp_path / "__pycache__" / "generated"
    (folder / "__pycache__").mkdir(parents=True)
    (folder / "__pycache__" / "a.pyc").touch()
    (folder / "a.py").touch()

    assert tree.read(folder) == {"a.py": b""}


def test_a_folder_that_is_not_there_is_empty(tmp_path: Path) -> None:
    """A first generation has nothing to compare with, and says so without a special case."""
    assert tree.read(tmp_path / "none") == {}


def test_the_diff_says_which_side_is_which() -> None:
    """Its two heads are in words, and stand on one line each, as all of it does."""
    (change,) = tree.compare({"a": b"one\ntwo\n"}, {"a": b"one\nthree\n"})

    assert (change.kind, change.path) == ("changed", "a")
    assert change.diff == ("--- as it is", "+++ as it should be", "@@ -1,2 +1,2 @@", " one", "-two", "+three")


def test_each_kind_of_change_has_its_diff() -> None:
    """A missing file is all new lines, an extra one needs no diff, and what is no file counts as empty."""
    old = {"b": b"x", "c": None, "d": b"same", "e": b"x\n"}
    new = {"a": b"x\n", "c": b"y\n", "d": b"same", "e": None}

    assert [(change.kind, change.path, change.diff[2:]) for change in tree.compare(old, new)] == [
        ("missing", "a", ("@@ -0,0 +1 @@", "+x")),
        ("extra", "b", ()),
        ("changed", "c", ("@@ -0,0 +1 @@", "+y")),
        ("changed", "e", ("@@ -1 +0,0 @@", "-x")),
    ]


def test_bytes_that_are_no_text_are_shown_too() -> None:
    """A file that is no UTF-8 has a diff as well: what cannot be read is replaced by a mark."""
    (change,) = tree.compare({"a": b"\xff\n"}, {"a": "é\n".encode()})

    assert change.diff[3:] == ("-\ufffd", "+é")


def test_a_diff_of_forty_lines_is_whole() -> None:
    """One line more is cut off and counted; the heads count among the forty."""
    ends = {}
    for length in (37, 38, 39):
        (change,) = tree.compare({}, {"a": b"line\n" * length})
        ends[length] = (len(change.diff), change.diff[-1])

    assert ends == {37: (40, "+line"), 38: (41, "... and 1 more lines"), 39: (41, "... and 2 more lines")}
