# Generated from openapi/models.yaml by openapi-python-client 0.29.1: do not edit, run `make regenerate`.

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import no_fields
from ..types import Model as _Model


@_attrs_define(frozen=True, slots=False, repr=False, unsafe_hash=False)
class ErrorDetail(_Model):
    """Details of an error.

    Attributes:
        type: The kind of error, such as `not_found_error`. New kinds may appear.
        message: A human-readable description of the error.
    """

    type: str
    message: str
    additional_properties: Mapping[str, Any] = _attrs_field(factory=no_fields, kw_only=True)
