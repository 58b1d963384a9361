"""`models.retrieve`: the model id, the betas, the body that is not sent, and the resource itself."""

import inspect

import pytest

from anthropic_models import AsyncAnthropic


def test_the_example_of_the_reference_page_runs(api, server, monkeypatch):
    """The page's own example runs with only the import changed, the id given by name."""
    monkeypatch.setenv("ANTHROPIC_API_KEY", "my-anthropic-api-key")
    monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
    client = api.keep(api.client_class())
    model_info = api.run(client.models.retrieve(model_id="model_id"))

    assert model_info.id == "claude-sonnet-4-20250514"
    assert (server.last.method, server.last.target) == ("GET", "/v1/models/model_id")
    assert server.last.header("x-api-key") == "my-anthropic-api-key"


def test_an_empty_id_is_refused(api, server):
    """An empty id is a ValueError, in the official words; the asynchronous client raises it when awaited."""
    client = api.client()
    with pytest.raises(ValueError, match=r"^Expected a non-empty value for `model_id` but received ''"):
        api.run(client.models.retrieve(""))

    assert server.requests == []


def test_the_asynchronous_client_refuses_when_it_is_awaited():
    """`retrieve` of the asynchronous client is a coroutine, which raises nothing before it is awaited."""
    call = AsyncAnthropic(api_key="k").models.retrieve("")
    is_coroutine = inspect.iscoroutine(call)
    call.close()

    assert is_coroutine


def test_extra_body_is_not_sent(api, server):
    """`extra_body` is taken, and a GET goes out without a body and without a content type."""
    api.retrieve(extra_body={"a": 1})

    assert (server.last.values("content-length"), server.last.values("content-type")) == ([], [])


def test_another_api_version_can_be_asked_for(api, server):
    """`anthropic_version`, a parameter of the API that the official client hides, can be given by name."""
    api.retrieve(anthropic_version="2026-10-21")

    assert server.last.header("anthropic-version") == "2026-10-21"


def test_an_argument_that_does_not_exist_is_a_type_error(api, server):
    """A misspelt argument is a TypeError with its name; nothing is sent."""
    with pytest.raises(TypeError, match="beta"):
        api.retrieve(beta=["a"])

    assert server.requests == []
