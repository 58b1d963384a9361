"""Where we differ from the official client on purpose, as far as no other file of this folder states it."""

import copy
import pickle
import traceback

import pytest
from cases import each
from recording import MODEL, Answer, Drop

from anthropic_models import APIError, APIResponseValidationError, APIStatusError

SECRET = "planted-secret"
NO_MODELS = [
    "",
    "null",
    "[]",
    "{}",
    "no JSON",
    "<html>busy</html>",
    '"text"',
    "5",
    '{"data": [], "has_more": false}',
    {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}},
    {**MODEL, "id": None},
    {**MODEL, "id": 5},
    {**MODEL, "display_name": ["x"]},
    {**MODEL, "created_at": "yesterday"},
    {**MODEL, "created_at": "2025-02-19"},
    {**MODEL, "created_at": "2025-02-19T00:00:00"},
    {**MODEL, "type": "message"},
    {name: value for name, value in MODEL.items() if name != "type"},
    b"\xff\xfe",
]


@each("body", NO_MODELS)
def test_a_success_that_is_no_model_is_an_error(api, server, body):
    """A 200 whose body is not a valid model is `APIResponseValidationError`, with the status and the request id."""
    server.plan(Answer(200, body))
    with pytest.raises(APIResponseValidationError, match=r"200.*request id: req_test") as caught:
        api.retrieve()

    assert (caught.value.status_code, caught.value.request_id) == (200, "req_test")


@each("status", [201, 202, 204, 206, 299])
def test_another_success_is_an_error(api, server, status):
    """A success that the API does not describe is no model either, whatever its body."""
    server.plan(Answer(status, b"" if status == 204 else MODEL))
    with pytest.raises(APIResponseValidationError, match=str(status)):
        api.retrieve()


@each("field", ["id", "created_at", "display_name", "type"])
def test_the_field_at_fault_is_named(api, server, field):
    """The message names the field that is missing."""
    server.plan(Answer(body={name: value for name, value in MODEL.items() if name != field}))
    with pytest.raises(APIResponseValidationError, match=f"{field}: missing"):
        api.retrieve()


@each("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_the_same_origin_is_followed(api, server, status):
    """A redirect within the origin is followed, with the same method and headers."""
    server.plan(Answer(status, "", {"location": "/v1/models/other?a=b"}))

    assert api.retrieve().id == MODEL["id"]
    assert [request.target for request in server.requests] == ["/v1/models/m", "/v1/models/other?a=b"]
    assert server.last.header("x-api-key") == "sk-test-key"


@each("given", [False, True])
@each("location", ["http://127.0.0.1:1/", "//localhost/x", "https://127.0.0.1/", "http://user@{}/x"])
def test_a_redirect_to_another_origin_is_not_followed(api, server, given, location):
    """No request leaves the origin, not even through the caller's own client that follows: an error names the place."""
    server.fallback = Answer(307, "", {"location": location.format(server.url.removeprefix("http://"))})
    http_client = api.http_class(follow_redirects=True) if given else None
    with pytest.raises(APIStatusError, match="another origin, which is not followed"):
        api.retrieve(api.client(http_client=http_client))

    assert len(server.requests) == 1


def test_a_circle_of_redirects_ends(api, server):
    """Redirects that lead back are not followed twice."""
    server.fallback = Answer(302, "", {"location": "/v1/models/m"})
    with pytest.raises(APIStatusError, match="in a circle"):
        api.retrieve()

    assert len(server.requests) == 1


@each("failure", [Answer(401, {"error": {"message": SECRET}}), Answer(200, SECRET), Drop])
@each("given", [False, True])
@each("credential", [{"api_key": SECRET}, {"api_key": None, "auth_token": SECRET}])
def test_the_key_is_in_no_error(api, server, naps, failure, given, credential):
    """No repr, message, argument, traceback, pickle or cause of an error shows the key, though the server sent it."""
    server.fallback = failure
    client = api.client(**credential, http_client=api.http_class() if given else None)
    with pytest.raises(APIError) as caught:
        api.retrieve(client)
    error = caught.value
    chain = [error, error.__cause__, error.__context__]
    texts = [f"{each!r}{each}{each and each.args}" for each in chain]

    assert SECRET not in "".join([*texts, *traceback.format_exception(error)])
    assert SECRET not in repr(error.request.headers)
    if not isinstance(failure, Answer):
        assert SECRET.encode() not in pickle.dumps(error)


def test_the_key_is_in_no_repr_of_the_client(api):
    """The client's repr does not show the key, and the client refuses to be pickled or deep-copied with it."""
    client = api.client(api_key=SECRET)

    assert SECRET not in f"{client!r}{client.default_headers!r}{vars(client)!r}"
    for take in (pickle.dumps, copy.deepcopy):
        with pytest.raises(TypeError, match="cannot be pickled or copied this way"):
            take(client)


@each("name", ["api_key", "auth_token"])
def test_a_bad_key_is_refused_without_showing_it(api, name):
    """The complaint about a key that cannot be sent does not show it."""
    with pytest.raises(ValueError, match=f"`{name}`") as caught:
        api.client_class(**{name: f"{SECRET}\u00e9"})

    assert SECRET not in "".join(traceback.format_exception(caught.value))


def test_these_are_left_out(api):
    """`parse(to=…)`, pydantic's own methods and `_strict_response_validation` are not here."""
    response = api.run(api.client().models.with_raw_response.retrieve("m"))
    with pytest.raises(TypeError, match="to"):
        response.parse(to=dict)
    with pytest.raises(TypeError, match="_strict_response_validation"):
        api.client_class(_strict_response_validation=True)

    assert [name for name in ("model_dump", "model_dump_json", "dict", "json") if hasattr(response.parse(), name)] == []


def test_cookies_are_not_kept(api, server):
    """A cookie that the server sets is not sent back."""
    server.plan(Answer(headers={"set-cookie": "a=b"}))
    client = api.client()
    api.retrieve(client)
    api.retrieve(client)

    assert [request.values("cookie") for request in server.requests] == [[], []]
