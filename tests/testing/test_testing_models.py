"""Which models the local server has, as the official SDK sees them."""

import asyncio
from datetime import UTC, datetime

import anthropic
import pytest

EXAMPLE = "claude-sonnet-4-20250514"


def test_the_example_model_is_served(official):
    """The reference page's own example is there without a word of preparation."""
    model = official.models.retrieve(EXAMPLE)

    assert model.to_dict() == {
        "id": EXAMPLE,
        "created_at": datetime(2025, 2, 19, tzinfo=UTC),
        "display_name": "Claude Sonnet 4",
        "type": "model",
    }


def test_an_asynchronous_client_is_served(anthropic_server):
    """The server runs in a thread of its own, so a client in this thread's event loop gets its answer."""

    async def retrieve() -> str:
        async with anthropic.AsyncAnthropic(api_key="made-up", base_url=anthropic_server.url) as client:
            return (await client.models.retrieve(EXAMPLE)).id

    assert asyncio.run(retrieve()) == EXAMPLE


def test_an_unknown_model_is_404_and_named(official):
    """A model that nobody added is not found, and the message says which."""
    with pytest.raises(anthropic.NotFoundError, match="model: claude-nobody") as caught:
        official.models.retrieve("claude-nobody")

    assert caught.value.body["error"]["type"] == "not_found_error"


def test_without_models_even_the_example_is_404(official, anthropic_server):
    """`models.clear()` leaves no model at all."""
    anthropic_server.models.clear()

    with pytest.raises(anthropic.NotFoundError):
        official.models.retrieve(EXAMPLE)


def test_an_added_model_has_its_own_fields_over_the_example(official, anthropic_server):
    """Fields that are given are served, unknown ones too; the others come from the fragment's example."""
    anthropic_server.add_model(id="claude-test-1", display_name="Test", max_input_tokens=5)

    model = official.models.retrieve("claude-test-1")

    assert (model.id, model.display_name, model.max_input_tokens, model.type) == ("claude-test-1", "Test", 5, "model")


def test_an_alias_is_answered_with_the_model_it_stands_for(official, anthropic_server):
    """The identifier of the answer is the model's, never the alias."""
    anthropic_server.add_alias("claude-sonnet-4-0", EXAMPLE)

    assert official.models.retrieve("claude-sonnet-4-0").id == EXAMPLE


def test_an_alias_of_nothing_is_refused(anthropic_server):
    """An alias has to stand for a model that exists."""
    with pytest.raises(ValueError, match=r"a model that exists: call add_model\(\) first for 'claude-nobody'"):
        anthropic_server.add_alias("claude", "claude-nobody")


def test_a_model_without_an_identifier_is_refused(anthropic_server):
    """The error names the field that is needed, which the fragment tells."""
    with pytest.raises(TypeError, match=r'^add_model\(\) needs the field "id"$'):
        anthropic_server.add_model(display_name="Test")


def test_a_model_that_breaks_the_contract_is_refused(anthropic_server):
    """The error names the field, and the model does not exist afterwards."""
    with pytest.raises(ValueError, match='created_at: "yesterday" is not a "date-time"'):
        anthropic_server.add_model(id="claude-test-1", created_at="yesterday")

    assert "claude-test-1" not in anthropic_server.models
