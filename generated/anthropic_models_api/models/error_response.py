# Generated from openapi/models.yaml by openapi-python-client 0.29.1: do not edit, run `make regenerate`.

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, no_fields
from ..types import Model as _Model


if TYPE_CHECKING:
    from ..models.error_detail import ErrorDetail


@_attrs_define(frozen=True, slots=False, repr=False, unsafe_hash=False)
class ErrorResponse(_Model):
    """The body of an error response.

    Attributes:
        type: The kind of object; always the same for an error.
        error: Details of an error.
        request_id: The same as the `request-id` header; may be missing or null.
    """

    type: Literal["error"]
    error: ErrorDetail
    request_id: None | str = _attrs_field(default=UNSET, metadata={"is_nullable": True})
    additional_properties: Mapping[str, Any] = _attrs_field(factory=no_fields, kw_only=True)
