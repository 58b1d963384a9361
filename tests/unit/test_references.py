"""The syntax of references within a document."""

import pytest
from codegen import references


def test_a_reference_is_read_and_written_back() -> None:
    """Slashes and tildes are escaped and unescaped; a reference to another document is dangling."""
    pairs = {"#/a~1b/c~0d/0": ("a/b", "c~d", "0"), "#/~01": ("~1",), "#/": ("",), "#/a//b": ("a", "", "b")}

    assert {text: references.parse(text) for text in pairs} == pairs
    assert [references.write(pointer) for pointer in pairs.values()] == [*pairs]
    assert references.parse("#/e%20f/%7E1") == ("e f", "/")
    assert (references.write(()), references.write(("a", 0))) == ("#", "#/a/0")
    for text in ("", "#", "#a", "/a", "other.yaml#/a", "a"):
        with pytest.raises(references.DanglingError, match=f"^{text}$"):
            references.parse(text)
