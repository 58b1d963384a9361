"""Additions to the fragment are typed as strictly as the rest."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import textwrap
import venv

import pytest
from regeneration.copies import mypy_errors, pyright_errors

pytestmark = pytest.mark.timeout(240)  # the first test regenerates for all of them

TYPED = """
from collections.abc import Mapping
from typing import assert_type

from anthropic_models import APIResponse, Anthropic, AsyncAPIResponse, AsyncAnthropic, RawAPIResponse
from anthropic_models.types import ModelInfo, ModelPage, Thing

def use(client: Anthropic) -> None:
    page = client.models.list(limit=5)
    assert_type(page, ModelPage)
    assert_type(page.data[0].id, str)
    assert_type(page.first_id, str | None)
    assert_type(client.models.list(betas=["one"], timeout=None, extra_headers={"a": "b"}), ModelPage)
    assert_type(client.with_raw_response.models.list(), RawAPIResponse[ModelPage])
    with client.models.with_streaming_response.list() as response:
        assert_type(response, APIResponse[ModelPage])
    assert_type(client.things.list(after="x"), list[Thing | None])
    assert_type(client.models.retrieve("m", project="p").made_up_tokens, int | None)

async def use_async(client: AsyncAnthropic) -> None:
    assert_type(await client.models.list(limit=5), ModelPage)
    assert_type(await client.models.with_raw_response.list(), RawAPIResponse[ModelPage])
    async with client.with_streaming_response.models.list() as response:
        assert_type(response, AsyncAPIResponse[ModelPage])
    assert_type(await client.things.list(after="x"), list[Thing | None])
"""
MISTAKES = """
from anthropic_models import Anthropic

def use(client: Anthropic) -> None:
    client.models.list(betas="one")
    client.models.retrieve("m", betas="one")
    client.models.list(betas=[1])
    client.models.list(limit="5")
    client.models.list(5)
    client.models.list(extra_headers={"a": 5})
    client.models.list(timeout="5")
    client.things.get("x")
    client.models.list().data[0].nothing
"""


def test_what_was_added_is_typed_strictly(copy):
    """mypy and pyright know the types of each form, and report every mistake but nothing in the generated code."""
    shown = [
        f"def shown_{place}() -> None:\n{textwrap.indent(recipe.programs[0], '    ')}"
        for place, (recipe, _) in enumerate(copy.followed)
    ]
    (copy.folder / "typed.py").write_text("\n\n".join([TYPED, *shown]), encoding="utf-8")
    (copy.folder / "mistakes.py").write_text(MISTAKES, encoding="utf-8")
    wrong = {line for line, text in enumerate(MISTAKES.splitlines(), 1) if text.startswith("    client")}

    for errors in (mypy_errors, pyright_errors):
        found = errors(copy.folder, "generated", "typed.py", "mistakes.py")
        assert {tuple(line.split(":")[:2]) for line in found} == {("mistakes.py", str(line)) for line in wrong}


def test_the_type_of_every_public_name_is_known(copy, tmp_path):
    """`pyright --verifytypes` reports 100 % for the client as it is installed."""
    venv.create(tmp_path, symlinks=True)
    (packages,) = tmp_path.glob("lib/python*/site-packages")
    others = [path for path in sys.path if path.endswith("site-packages")]
    (packages / "others.pth").write_text("\n".join(others), encoding="utf-8")
    for folder in (copy.folder / "anthropic_models", copy.folder / "generated" / "anthropic_models_api"):
        shutil.copytree(folder, packages / folder.name, ignore=shutil.ignore_patterns("__pycache__"))
    command = [sys.executable, "-m", "basedpyright", "--verifytypes", "anthropic_models", "--ignoreexternal"]
    environment = {**os.environ, "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run([*command, "--outputjson"], env=environment, cwd=tmp_path, capture_output=True, check=False)
    found = json.loads(done.stdout)["typeCompleteness"]

    assert [each["name"] for each in found["symbols"] if each["isExported"] and not each["isTypeKnown"]] == []
    assert (found["completenessScore"], found["packageName"]) == (1, "anthropic_models")
