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
    """What went wrong.

    Attributes:
        type: The kind of error, in one word; new kinds may appear.
        message: What went wrong, for people.
    """

    type: str
    message: str
    additional_properties: Mapping[str, Any] = _attrs_field(factory=no_fields, kw_only=True)
