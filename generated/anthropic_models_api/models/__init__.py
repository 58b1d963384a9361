# Generated from openapi/models.yaml by openapi-python-client 0.29.1: do not edit, run `make regenerate`.

"""Contains all the data models used in inputs/outputs"""

from .anthropic_beta import AnthropicBeta
from .error_detail import ErrorDetail
from .error_response import ErrorResponse
from .model_info import ModelInfo

__all__ = (
    "AnthropicBeta",
    "ErrorDetail",
    "ErrorResponse",
    "ModelInfo",
)
