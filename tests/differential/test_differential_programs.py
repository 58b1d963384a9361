"""What programs written for the official client do with what it gives them works with ours too."""

import pytest
from cases import each
from recording import MODEL, Answer

import anthropic_models

RICH = {**MODEL, "family": "sonnet", "limits": {"input": [1, None]}}


def _plain(lib):
    return {"max_retries": 0}, {}


def test_a_model_is_iterated_alike(both):
    """`dict(model)` and `for name, value in model` give the fields, unknown ones last."""
    official, ours = (exchange.outcome for exchange in both(_plain, Answer(200, RICH)))

    assert [pair for pair in ours if pair[0] in RICH] == [*official]
    assert {name: value for name, value in dict(ours).items() if name in RICH} == dict(official)


@each("options", [{}, {"indent": None}, {"indent": 4}, {"use_api_names": False}, {"exclude_none": True}])
def test_a_model_is_written_alike(both, options):
    """`to_json()` and its options give the same text."""
    official, ours = (exchange.outcome for exchange in both(_plain, Answer(200, RICH)))

    assert ours.to_json(**options) == official.to_json(**options)


@each("options", [{}, {"mode": "json"}, {"use_api_names": False}, {"exclude_unset": False}, {"exclude_defaults": True}])
def test_a_model_becomes_the_same_dictionary(both, options):
    """`to_dict()` and its options give the same values."""
    official, ours = (exchange.outcome for exchange in both(_plain, Answer(200, RICH)))

    written = {name: value for name, value in ours.to_dict(**options).items() if name in RICH}

    assert written == official.to_dict(**options)


def test_a_missing_credential_is_told_in_the_official_words(both):
    """A program that looks for the whole official message finds it in ours."""
    official, ours = both(lambda lib: ({"api_key": None}, {}))

    assert str(official.outcome).strip('"') in str(ours.outcome)


def test_a_validation_error_has_a_cause_that_names_the_field(both):
    """As pydantic's error is the cause of the official one, if that validates strictly."""
    _, ours = both(_plain, Answer(200, {**MODEL, "display_name": 5}))

    assert isinstance(ours.outcome, anthropic_models.APIResponseValidationError)
    assert isinstance(ours.outcome.__cause__, ValueError)
    assert "display_name" in str(ours.outcome.__cause__)


@pytest.mark.parametrize("form", ["with_raw_response", "with_streaming_response"])
def test_the_forms_of_the_client_are_those_of_its_resources(api, form):
    """`client.with_raw_response.models` is the same as `client.models.with_raw_response`; streaming likewise."""
    client = api.client()
    for resource in (getattr(client, form).models, getattr(client.models, form)):
        given = resource.retrieve("m")
        if form == "with_raw_response":
            assert api.run(given).status_code == 200
        else:
            assert api.inside(given, lambda response: response.status_code) == 200
