"""The generator's own process: how it is started, and what is said when it fails."""

import json
import sys
from pathlib import Path
from typing import Any

from codegen import generate, toolchain

REQUEST = {"package": "/scratch/here/package", "é": ["x"]}


def test_the_generator_is_started_apart_from_everything(programs: Any) -> None:
    """By this Python, without the current folder and the user's packages, in UTF-8; in the folder of the package."""
    programs.answer = (0, '{"é": 1}', "it says much\n")
    answer = generate._ask(REQUEST)
    ((command, settings),) = programs.ran

    assert answer == {"é": 1}
    assert command == [sys.executable, "-P", "-s", "-X", "utf8", str(generate.GENERATOR)]
    assert json.loads(settings.pop("input")) == REQUEST
    assert settings.pop("encoding").lower() == "utf-8"
    assert settings == {
        "env": toolchain.ENVIRONMENT,
        "cwd": Path("/scratch/here"),
        "capture_output": True,
        "check": False,
    }


def test_the_generator_is_a_program_of_this_folder() -> None:
    """It is started by its path."""
    assert (generate.GENERATOR.parent, generate.GENERATOR.name) == (Path(toolchain.__file__).parent, "generator.py")
    assert generate.GENERATOR.is_file()


def test_the_last_words_of_a_failure_are_told(programs: Any, refused: Any) -> None:
    """In one line of a length that can be read; without any, the exit code is."""
    answers = {
        (1, "Traceback:\n  File x\nImportError: no\t such\n\n"): "ImportError: no such",
        (3, ""): "exit code 3",
        (-9, " \n"): "exit code -9",
        (2, "x" * 300): "x" * 199 + "…",
    }
    told = {}
    for code, said in answers:
        programs.answer = (code, '{"answer": "not read"}', said)
        (told[code, said],) = refused(generate._ask, REQUEST)

    assert told == {key: f"the generator could not be run: {said}" for key, said in answers.items()}
