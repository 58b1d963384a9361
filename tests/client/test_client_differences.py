"""Where we differ from the official client on purpose, as far as no other file of this folder states it."""

import pytest


def test_these_are_left_out(api):
    """`parse(to=…)`, pydantic's own methods and `_strict_response_validation` are not here."""
    response = api.run(api.client().models.with_raw_response.retrieve("m"))
    with pytest.raises(TypeError, match="to"):
        response.parse(to=dict)
    with pytest.raises(TypeError, match="_strict_response_validation"):
        api.client_class(_strict_response_validation=True)

    assert [name for name in ("model_dump", "model_dump_json", "dict", "json") if hasattr(response.parse(), name)] == []
