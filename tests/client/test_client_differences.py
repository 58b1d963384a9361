"""Where we differ from the official client on purpose, as far as no other file of this folder states it."""

import pytest
from cases import each
from recording import MODEL, Answer


@each("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_the_same_origin_is_followed(api, server, status):
    """A redirect within the origin is followed, with the same method and headers."""
    server.plan(Answer(status, "", {"location": "/v1/models/other?a=b"}))

    assert api.retrieve().id == MODEL["id"]
    assert [request.target for request in server.requests] == ["/v1/models/m", "/v1/models/other?a=b"]
    assert server.last.header("x-api-key") == "sk-test-key"


def test_these_are_left_out(api):
    """`parse(to=…)`, pydantic's own methods and `_strict_response_validation` are not here."""
    response = api.run(api.client().models.with_raw_response.retrieve("m"))
    with pytest.raises(TypeError, match="to"):
        response.parse(to=dict)
    with pytest.raises(TypeError, match="_strict_response_validation"):
        api.client_class(_strict_response_validation=True)

    assert [name for name in ("model_dump", "model_dump_json", "dict", "json") if hasattr(response.parse(), name)] == []
