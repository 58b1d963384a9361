"""`make mutants` as a person sees it: which small changes of a module its tests do not notice."""

import subprocess
import sys
from pathlib import Path

import pytest
from cases import each

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

MODULE = "def is_good(points: int) -> bool:\n    return points > 5\n"
TEST = "from package.it import is_good\n\ndef test_it():\n    assert {} is_good(9)\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with one module and its test."""
    for name, text in {
        "package/it.py": MODULE,
        "tests/unit/test_it.py": TEST.format(""),
        "tests/other.py": TEST.format("not"),
        "pytest.ini": "[pytest]\naddopts = --disable-plugin-autoload -p xdist\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(checkout: Path, *arguments: str) -> tuple[int, list[str], str]:
    """Run the program: gives exit code, lines of stdout, stderr."""
    command = [sys.executable, str(ROOT / "scripts" / "mutants.py"), *arguments]
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, timeout=55, check=False)
    assert (checkout / "package" / "it.py").read_text(encoding="utf-8") == MODULE
    return done.returncode, done.stdout.splitlines(), done.stderr


def test_changes_that_no_test_notices_are_listed(checkout: Path) -> None:
    """Exit code 1, each with file, line, and the text before and after; the module itself is left alone."""
    code, lines, _ = run(checkout, "package/it.py")

    assert (code, lines) == (
        1,
        [
            "package/it.py:2: return points > 5  ->  return points >= 5",
            "package/it.py:2: return points > 5  ->  return points > 6",
            "1 of 3 changes of package/it.py were noticed by tests/unit/test_it.py",
        ],
    )


@each(
    ("arguments", "said"),
    [
        (["package/it.py", "tests/other.py"], "tests/other.py has to pass before anything is changed"),
        (["package/none.py"], "package/none.py is not a path from the top of the checkout"),
        (["package/it.py", "tests/none.py"], "tests/none.py is not a path from the top of the checkout"),
        ([], "the following arguments are required: module"),
    ],
)
def test_what_cannot_be_tried_is_refused(checkout: Path, arguments: list[str], said: str) -> None:
    """Exit code 2, and a line that says why."""
    code, lines, err = run(checkout, *arguments)

    assert (code, lines, said in err) == (2, [], True)


def test_what_is_changed() -> None:
    """One thing at a time: operators, conditions, constants, results, statements; no names, types or docstrings."""
    from mutants import mutants

    changes = {
        "a == b": ["a != b"],
        "a < b in c": ["a <= b in c", "a < b not in c"],
        "a and b": ["a or b"],
        "a is not b": ["a is b"],
        "not a": ["a"],
        "a + b * c": ["a - b * c", "a + b / c"],
        "x -= y": ["x += y"],
        "x = 5": ["x = 6"],
        "x = True": ["x = False"],
        "x = 'a'": ["x = 'aXX'"],
        "x: Literal['a'] = None": [],
        "x = a if b else c": ["x = a if not b else c"],
        "f(a)": ["pass"],
        "raise a": ["pass"],
        "while a:\n    break": ["while not a:", "continue"],
        "def f(a: int=5) -> 'T':\n    'Words.'\n    return a": ["def f(a: int=6) -> 'T':", "return None"],
        "return": [],
        "__all__ = ['a']": [],
        "if TYPE_CHECKING:\n    f(5)": [],
    }

    assert {text: [change.split("  ->  ")[1] for _, change, _ in mutants(text)] for text in changes} == changes
