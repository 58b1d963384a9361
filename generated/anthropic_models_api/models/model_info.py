# Generated from openapi/models.yaml by openapi-python-client 0.29.1: do not edit, run `make regenerate`.

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import no_fields
from ..types import Model as _Model

import datetime


@_attrs_define(frozen=True, slots=False, repr=False, unsafe_hash=False)
class ModelInfo(_Model):
    """The details of a model.

    Attributes:
        id: The id of the model, even if the request had an alias.
        created_at: When the model was released; 1970-01-01 if that is not known.
        display_name: A human-readable name of the model.
        type: The kind of object; always the same for a model.
    """

    id: str
    created_at: datetime.datetime
    display_name: str
    type: Literal["model"]
    additional_properties: Mapping[str, Any] = _attrs_field(factory=no_fields, kw_only=True)
