"""The types of the API: every schema of the OpenAPI fragment, from the generated package."""

from anthropic_models_api.models import *  # noqa: F403  # every schema, as soon as it is generated
from anthropic_models_api.models import AnthropicBeta
from anthropic_models_api.types import Model as _Model

AnthropicBetaParam = AnthropicBeta | str
"""A beta feature: a known value, or any other string."""

BaseModel = _Model
"""The base class of every model of the API."""
