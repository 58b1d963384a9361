"""`models.retrieve`, its resource `client.models`, and closing a client."""

from unittest import mock

import pytest
from cases import each
from recording import MODEL


def test_the_example_of_the_reference_page_runs(api, server, monkeypatch):
    """The example of the reference page runs with only the import changed."""
    monkeypatch.setenv("ANTHROPIC_API_KEY", "my-anthropic-api-key")
    monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
    client = api.keep(api.client_class())
    model_info = api.run(client.models.retrieve(model_id="model_id"))

    assert model_info.id == MODEL["id"]
    assert (server.last.method, server.last.target) == ("GET", "/v1/models/model_id")
    assert server.last.header("x-api-key") == "my-anthropic-api-key"


@each(
    ("arguments", "error", "message"),
    [
        ({"beta": ["a"]}, TypeError, "'beta'"),  # misspelt
        ({"anthropic_beta": "b"}, TypeError, "anthropic_beta"),  # the name of the header is not an argument
        ({"anthropic_version": "a\nb"}, ValueError, "`anthropic_version` .* use visible ASCII"),
        ({"model_id": "😀" * 8000}, ValueError, "do not fit into a URL"),
        ({"anthropic_version": 5}, TypeError, "^`anthropic_version`: expected a string, got 5$"),
        ({"anthropic_version": None}, TypeError, "^`anthropic_version`: expected a string, got None$"),
    ],
)
def test_an_invalid_argument_is_refused_by_name(api, server, arguments, error, message):
    """The error names the argument, not its header, and nothing is sent."""
    with pytest.raises(error, match=message):
        api.run(api.client().models.retrieve(**{"model_id": "m", **arguments}))
    if api.is_async and error is ValueError:  # it is raised when the call is awaited, not before
        api.client().models.retrieve(**{"model_id": "m", **arguments}).close()

    assert server.requests == []


def test_arguments_that_the_official_client_lacks_or_ignores(api, server):
    """`anthropic_version` wins over a default header; `extra_body` is accepted and not sent."""
    client = api.client(default_headers={"anthropic-version": "default"})
    api.retrieve(client, anthropic_version="2026-10-21", extra_body={"a": 1})

    assert server.last.header("anthropic-version") == "2026-10-21"
    assert (server.last.values("content-length"), server.last.values("content-type")) == ([], [])


def test_with_returns_the_client_and_closes_it(api):
    """`with client as c` (`async with`) returns the open client itself; its resource keeps it alive."""
    client = api.client()
    with api.entered(client) as given:
        assert (given is client, client.is_closed()) == (True, False)
    assert client.is_closed()

    held = api.client_class(api_key="k", base_url=api.url, max_retries=0)
    models, closing = held.models, held.close
    del held
    assert api.run(models.retrieve("m")).id == MODEL["id"]
    api.run(closing())


def test_a_segment_is_escaped_only_if_needed(api, server):
    """An id is escaped as by the official client."""
    api.retrieve(None, "a:b@c,d/é")

    assert server.last.target == "/v1/models/a:b@c,d%2F%C3%A9"


def test_a_test_can_mock_the_resource(api, server):
    """`client.models` and its method can be patched or assigned, and `Mock(spec=...)` of the class has them."""
    kind, first, second = mock.AsyncMock if api.is_async else mock.Mock, api.client(), api.client()
    with mock.patch.object(first.models, "retrieve", return_value="double"):
        doubled = [api.retrieve(first)]
    assert api.retrieve(first).id == MODEL["id"]
    first.models.retrieve = kind(return_value="double")
    second.models = mock.Mock(retrieve=kind(return_value="double"))
    doubled += [api.retrieve(client) for client in (first, first, second)]

    assert (doubled, len(server.requests)) == (["double"] * 4, 1)
    assert mock.Mock(spec=api.client_class).models.retrieve.called is False
