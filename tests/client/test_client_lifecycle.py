"""A client from its first call to its end."""

from unittest import mock


def test_with_gives_the_client_and_closes_it(api):
    """`with client as c` (`async with`) gives the client itself, open, and closes it on the way out."""
    client = api.client()
    inside = api.inside(client, lambda given: (given is client, client.is_closed()))

    assert inside == (True, False)
    assert client.is_closed()


def test_the_resource_is_the_same_object_while_it_is_held(api):
    """`client.models` is one object, so that a test can put a double in the place of its method."""
    client = api.client()
    with mock.patch.object(client.models, "retrieve", return_value="double"):
        doubled = api.retrieve(client)

    assert doubled == "double"
    assert api.retrieve(client).id == "claude-sonnet-4-20250514"


def test_what_a_test_assigns_to_the_resource_stays(api, server):
    """`client.models.retrieve = Mock()` and `client.models = Mock()` are what calls reach from then on."""
    kind, first, second = mock.AsyncMock if api.is_async else mock.Mock, api.client(), api.client()
    first.models.retrieve = kind(return_value="double")
    second.models = mock.Mock(retrieve=kind(return_value="double"))

    assert [api.retrieve(client) for client in (first, first, second)] == ["double"] * 3
    assert server.requests == []


def test_the_resource_keeps_its_client(api):
    """`Anthropic().models` works though nobody else holds the client."""
    client = api.client_class(api_key="k", base_url=api.url, max_retries=0)
    models = client.models
    closing = client.close
    del client

    assert api.run(models.retrieve("m")).id == "claude-sonnet-4-20250514"

    api.run(closing())
