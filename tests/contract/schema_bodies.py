"""Bodies made from the fragment's schemas by schemathesis: such as obey them, and such as do not.

Schemathesis makes the bodies of requests. So it gets a document in which each schema is what a request sends.
"""

import json
from functools import cache
from pathlib import Path

import yaml
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

FRAGMENT = Path(__file__).resolve().parents[2] / "openapi" / "models.yaml"

# The same bodies on every run and for everybody: a red run can be repeated, and a green one means the same.
bounded = settings(
    max_examples=25,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@cache
def _document():
    import schemathesis  # only where a body is made: it takes seconds

    fragment = yaml.safe_load(FRAGMENT.read_text(encoding="utf-8"))
    responses = {"204": {"description": "Never asked."}}
    paths = {}
    for name in fragment["components"]["schemas"]:
        content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
        paths[f"/{name}"] = {"post": {"requestBody": {"required": True, "content": content}, "responses": responses}}
    return schemathesis.openapi.from_dict({**fragment, "paths": paths})


def bodies(schema, mode):
    """JSON values that obey a schema of the fragment (`POSITIVE`), or do not, and bytes that are no JSON."""

    def made():
        from schemathesis import GenerationMode

        operation = _document()[f"/{schema}"]["POST"]
        return operation.as_strategy(generation_mode=GenerationMode[mode]).map(lambda case: case.body)

    return st.deferred(made)


def encoded(body):
    """The body on the wire."""
    return body if isinstance(body, bytes) else json.dumps(body).encode()
