"""The output of `make mutants`: the small changes of a module that its tests do not detect."""

import mutants
import pytest
from cases import each

MODULE = "def is_more(one, other):\n    return one > other\n"
TEST = "from package.it import is_more\n\ndef test_it():\n    assert {} is_more(9, 5)\n"


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A checkout with one module and its tests, in which the program runs."""
    for name, text in {
        "package/it.py": MODULE,
        "tests/unit/test_it.py": TEST.format(""),
        "tests/other.py": TEST.format("not"),
        "pytest.ini": "[pytest]\naddopts = --disable-plugin-autoload -p xdist\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_undetected_changes_are_listed(checkout, capsys):
    """The exit code is 1; each has its file, line, old and new text; the module itself is unchanged."""
    assert mutants.main(["package/it.py"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "package/it.py:2: return one > other  ->  return one >= other",
        "1 of 2 changes of package/it.py were noticed by tests/unit/test_it.py",
    ]
    assert (checkout / "package" / "it.py").read_text(encoding="utf-8") == MODULE


@each(
    ("arguments", "message"),
    [
        (["package/it.py", "tests/other.py"], "tests/other.py has to pass before anything is changed"),
        (["package/none.py"], "package/none.py is not a path from the top of the checkout"),
        (["package/it.py", "tests/none.py"], "tests/none.py is not a path from the top of the checkout"),
        ([], "the following arguments are required: module"),
    ],
)
@pytest.mark.usefixtures("checkout")
def test_invalid_arguments_are_refused(capsys, arguments, message):
    """The exit code is 2, and a line states the reason."""
    with pytest.raises(SystemExit, match="2"):
        mutants.main(arguments)

    assert message in capsys.readouterr().err


@each(
    ("text", "changes"),
    [
        ("a == b", ["a != b"]),
        ("a < b in c", ["a <= b in c", "a < b not in c"]),
        ("a and b", ["a or b"]),
        ("a is not b", ["a is b"]),
        ("not a", ["a"]),
        ("a + b * c", ["a - b * c", "a + b / c"]),
        ("x -= y", ["x += y"]),
        ("x = 5", ["x = 6"]),
        ("x = True", ["x = False"]),
        ("x = 'a'", ["x = 'aXX'"]),
        ("x: Literal['a'] = None", []),
        ("x = a if b else c", ["x = a if not b else c"]),
        ("f(a)", ["pass"]),
        ("raise a", ["pass"]),
        ("while a:\n    break", ["while not a:", "continue"]),
        ("def f(a: int=5) -> 'T':\n    'Words.'\n    return a", ["def f(a: int=6) -> 'T':", "return None"]),
        ("return", []),
        ("__all__ = ['a']", []),
        ("if TYPE_CHECKING:\n    f(5)", []),
    ],
)
def test_which_changes_are_tried(text, changes):
    """Each mutant changes one operator, condition, constant, result or statement, but no name, type or docstring."""
    assert [change.split("  ->  ")[1] for _, change, _ in mutants.mutants(text)] == changes
