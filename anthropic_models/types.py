"""The types of the API, as the generated package declares them: every schema of the fragment."""

from anthropic_models_api.models import *  # noqa: F403
from anthropic_models_api.models import AnthropicBeta
from anthropic_models_api.types import Model as _Model

AnthropicBetaParam = AnthropicBeta | str
"""A beta feature: a known value, or any other string."""

BaseModel = _Model
"""What every model of the API is."""
