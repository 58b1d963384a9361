"""The output of `make check`: every step runs, and one screen states what failed and what to do."""

import subprocess
from pathlib import Path

import pytest
from check import STEPS, main

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def check(tmp_path, monkeypatch, capsys):
    """Run the program in a folder in which each step passes, except for those that print a text and fail."""
    monkeypatch.chdir(tmp_path)

    def check(**failing):
        rules = [".PHONY: " + " ".join(STEPS)]
        for step in STEPS:
            Path(f"{step}.txt").write_text(failing.get(step.replace("-", "_"), "all is well\n"), encoding="utf-8")
            rules.append(f"{step}:\n\t@cat {step}.txt\n\t@touch {step}.done")
            if step.replace("-", "_") in failing:
                rules.append("\t@exit 3")
        Path("Makefile").write_text("\n".join(rules) + "\n", encoding="utf-8")
        code = main()
        assert {path.stem for path in tmp_path.glob("*.done")} == set(STEPS)
        return code, capsys.readouterr().out.splitlines()

    return check


def test_each_step_that_passes_is_one_line(check):
    """The exit code is 0, the steps are in order, and their own output is omitted."""
    code, lines = check()

    assert (code, lines[-1], len(lines)) == (0, "All passed.", 5)
    assert [line.split()[:2] for line in lines[:4]] == [[step, "passed"] for step in STEPS]


def test_a_failure_does_not_end_the_check(check):
    """The exit code is 1; each failure has its first lines, the command for the full output, and what to do."""
    code, lines = check(lint="a.py:1:1: F401 unused\n\nFound 1 error.\n", types="a.py:2: error: no\n")

    assert code == 1
    assert [line.split()[1] for line in lines[:4]] == ["passed", "FAILED", "FAILED", "passed"]
    assert lines[4:] == [
        "lint failed (full output: `make lint`): `make fix` corrects what a tool can",
        "  a.py:1:1: F401 unused",
        "  Found 1 error.",
        "types failed (full output: `make types`): correct the types at the places named",
        "  a.py:2: error: no",
    ]


def test_everything_that_failed_is_on_one_screen(check):
    """It has fewer than 24 lines of at most 120 characters and an indent, however much each step prints."""
    code, lines = check(**{step.replace("-", "_"): "x" * 300 + "\n" + "y\n" * 5000 for step in STEPS})

    assert (code, len(lines)) == (1, 20)
    assert max(map(len, lines)) <= 124
    assert [line for line in lines if " failed (full output" in line][-1].startswith("test ")
    assert lines[-1].strip() == "... and 4999 more lines"


def test_failed_tests_are_listed_before_other_output(check):
    """The progress is omitted, and the details of failures come after the names of all failed tests."""
    output = "Running the tests\n..F.E [ 50%]\n.. [100%]\n" + "    assert 1 == 2\n" * 50
    _, lines = check(test=output + "FAILED tests/a.py::test_a - assert 1 == 2\nERROR tests/b.py\n2 failed\n")

    assert lines[5:8] == ["  FAILED tests/a.py::test_a - assert 1 == 2", "  ERROR tests/b.py", "      assert 1 == 2"]
    assert len(lines) < 24


def test_the_steps_are_targets_of_the_makefile():
    """`make check` runs the program, and each command that it mentions exists."""
    command = ["make", "--dry-run", "check", "fix", "regenerate", "check-generated", "lint", "types", "test"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=50, check=False)

    assert done.returncode == 0, done.stderr
    assert ("scripts/check.py" in done.stdout, "scripts/regenerate.py\n" in done.stdout) == (True, True)
