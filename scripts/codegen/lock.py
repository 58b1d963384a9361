"""Records the inputs of the output in lock.json."""

import hashlib
import json

from codegen.toolchain import FORMATTER, GENERATOR, Toolchain
from codegen.tree import Tree

NAME = "lock.json"


def write(tools: Toolchain, inputs: Tree, output: Tree) -> bytes:
    """The two tools that decide the bytes, and the SHA-256 of every file that goes in or comes out, as JSON."""
    record = {
        "tools": {name: tools.versions[name] for name in (GENERATOR, FORMATTER)},
        "inputs": _hashes(inputs),
        "output": _hashes(output),
    }
    return (json.dumps(record, indent=2, sort_keys=True) + "\n").encode()


def _hashes(files: Tree) -> dict[str, str]:
    return {path: hashlib.sha256(content or b"").hexdigest() for path, content in files.items()}
