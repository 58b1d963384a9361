"""The recipes of CONTRIBUTING.md work, followed word for word in a copy of the checkout."""

from __future__ import annotations

import pytest
from contributing import recipes
from regeneration.copies import result_of

pytestmark = pytest.mark.timeout(240)  # the first test regenerates for all of them

RUN = """
import contextlib, io, os
from anthropic_models.testing import serve

printed = []
with serve() as server:
    server.add_model(id="claude-sonnet-4-20250514", display_name="Sonnet", made_up_tokens=200000)
    os.environ.update(ANTHROPIC_BASE_URL=server.url, ANTHROPIC_API_KEY="made-up")
    for program in json.loads(sys.argv[1]):
        with contextlib.redirect_stdout(io.StringIO()) as out:
            exec(program, {"__name__": "__main__"})
        printed.append(out.getvalue())
headers = [dict(request.headers) for request in server.requests]
print(json.dumps([printed, headers, [request.errors for request in server.requests]]))
"""
ALL = "Add a field", "Add a parameter", "Add a beta", "Add an operation"


def test_there_is_a_recipe_for_each_kind_of_change():
    """There are recipes for a field, a parameter, a beta and an operation, each with a program."""
    assert [(recipe.title, len(recipe.programs)) for recipe in recipes()] == [(title, 1) for title in ALL]


def test_no_recipe_breaks_callers(copy):
    """The report lists additions only, of the expected names."""
    reports = [[line for line in lines if line.startswith(("breaking", "additive"))] for _, lines in copy.followed]
    names = [sorted({line.split()[1].rstrip(":") for line in lines}) for lines in reports]

    assert not any(line.startswith("breaking") for lines in reports for line in lines)
    assert names == [
        ["ModelInfo.made_up_tokens"],
        ["client.models.retrieve(project=)"],
        ["AnthropicBeta"],
        ["ModelPage", "client.models.list()"],
    ]


def test_the_programs_run(copy):
    """The programs of the recipes run against the local server, which has the additions too."""
    printed, headers, errors = result_of(copy.folder, RUN, [recipe.programs[0] for recipe, _ in copy.followed])

    assert printed[:3] == ["claude-large takes 200,000 tokens\n", "Sonnet\n", "claude-sonnet-4-20250514\n"]
    assert printed[3].startswith("['claude-sonnet-4-20250514'")
    assert printed[3].endswith("application/json\n")
    assert headers[0]["made-up-project-id"] == "project_1"
    assert headers[1]["anthropic-beta"] == "made-up-feature-2030-01-01"
    assert not any(errors)
