"""The types of the API, as the generated package declares them."""

from ._generated import UNSET, AnthropicBeta, Model, ModelInfo, Unset

AnthropicBetaParam = AnthropicBeta | str
"""A beta feature: a known value, or any other string."""

BaseModel = Model
"""What every model of the API is."""

__all__ = ["UNSET", "AnthropicBeta", "AnthropicBetaParam", "BaseModel", "ModelInfo", "Unset"]
