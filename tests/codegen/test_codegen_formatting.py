"""What every generated file begins with, and how the formatter is run."""

import hashlib
import json
from pathlib import Path
from typing import Any

from codegen import formatting, lock, toolchain

TOOLS = toolchain.Toolchain({"openapi-python-client": "1.2", "ruff": "0.3", "other": "4"}, "/tools/ruff")


def test_the_stamp_says_what_a_file_was_made_from(tmp_path: Path) -> None:
    """In the first line of every module, at any depth; empty lines before the code go; other files are left alone."""
    (tmp_path / "sub" / "empty").mkdir(parents=True)
    (tmp_path / "a.py").write_text("\n\n  x = 1\n", encoding="utf-8")
    (tmp_path / "sub" / "b.py").write_bytes('"é"\r\ny = 2\r\n'.encode())
    (tmp_path / "sub" / "empty" / "__init__.py").touch()
    (tmp_path / "note.txt").write_text("note", encoding="utf-8")
    formatting.stamp(tmp_path, "wire.yaml", "maker 7")
    head = b"# Generated from wire.yaml by maker 7: do not edit, run `make regenerate`.\n\n"

    assert {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == {
        "a.py": head + b"x = 1\n",
        "b.py": head + '"é"\ny = 2\n'.encode(),
        "__init__.py": head,
        "note.txt": b"note",
    }


def test_the_stamp_is_written_in_the_same_bytes_on_every_machine(tmp_path: Path, bare_locale: None) -> None:
    """Modules are UTF-8 before and after, whatever the machine takes text for."""
    (tmp_path / "a.py").write_bytes('"é"\n'.encode())
    formatting.stamp(tmp_path, "wire.yaml", "maker 7")

    assert (tmp_path / "a.py").read_bytes().endswith('\n"é"\n'.encode())


def test_the_formatter_gets_every_module_by_name(tmp_path: Path, programs: Any) -> None:
    """In a fixed order and environment, within the package, without any settings but the length of lines."""
    (tmp_path / "build").mkdir()
    for name in ("b.py", "a.py", "build/c.py", "d.txt"):
        (tmp_path / name).touch()
    formatting.style(tmp_path, "/tools/ruff")
    ((command, settings),) = programs.ran

    assert command[:6] == ["/tools/ruff", "format", "--isolated", "--no-cache", "--line-length", "120"]
    assert command[6:] == ["--", "a.py", "b.py", "build/c.py"]
    assert settings.pop("encoding").lower() == "utf-8"
    assert settings == {"env": toolchain.ENVIRONMENT, "cwd": tmp_path, "capture_output": True, "check": False}


def test_what_the_formatter_refuses_is_told(tmp_path: Path, programs: Any, refused: Any) -> None:
    """In one line, and with what it says, whatever its exit code is."""
    told = []
    for code in (1, 2, -9):
        programs.answer = (code, "out", "error: odd\n  at a.py\n")
        told += refused(formatting.style, tmp_path, "/tools/ruff")

    assert told == ["the formatter refuses the generated code, a template is wrong: error: odd at a.py"] * 3


def test_the_lock_names_the_two_tools_and_hashes_every_file() -> None:
    """As JSON that a person can read and a diff can show: sorted, by two spaces, with a line feed at the end."""
    text = lock.write(TOOLS, {"z.yaml": b"in", "a.yaml": b""}, {"out.py": b"out", "link": None})
    empty, one, two = (hashlib.sha256(content).hexdigest() for content in (b"", b"in", b"out"))
    expected = f"""{{
  "inputs": {{
    "a.yaml": "{empty}",
    "z.yaml": "{one}"
  }},
  "output": {{
    "link": "{empty}",
    "out.py": "{two}"
  }},
  "tools": {{
    "openapi-python-client": "1.2",
    "ruff": "0.3"
  }}
}}
"""

    assert text.decode() == expected
    assert json.loads(text)["tools"] == {"openapi-python-client": "1.2", "ruff": "0.3"}


def test_the_lock_has_a_fixed_name() -> None:
    """It stands beside the package, and is no part of it."""
    assert lock.NAME == "lock.json"
