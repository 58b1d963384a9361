# Generated from openapi/models.yaml by openapi-python-client 0.29.1: do not edit, run `make regenerate`.

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, Self, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Model, Unset, parse_datetime

import datetime


@_attrs_define(frozen=True, slots=False, repr=False)
class ModelInfo(Model):
    """What the API tells about a model.

    Attributes:
        id: Identifies the model; never an alias.
        created_at: When the model was released; an epoch value where that is not known.
        display_name: The model's name for people.
        type: The kind of object; always the same for a model.
    """

    id: str
    created_at: datetime.datetime
    display_name: str
    type: Literal["model"]
    additional_properties: Mapping[str, Any] = _attrs_field(factory=dict, kw_only=True)

    __hash__ = Model.__hash__

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """From a JSON object. What does not fit raises KeyError, TypeError or ValueError."""
        _data_ = dict(src_dict)
        id = _data_.pop("id")
        created_at = parse_datetime(_data_.pop("created_at"))

        display_name = _data_.pop("display_name")
        type_ = cast(Literal["model"], _data_.pop("type"))
        if type_ != "model":
            raise ValueError(f"type must match const 'model', got '{type_}'")
        _extra_ = _data_
        return cls(
            id=id,
            created_at=created_at,
            display_name=display_name,
            type=type_,
            additional_properties=_extra_,
        )

    @property
    def additional_keys(self) -> list[str]:
        """The names of the fields that the document does not name."""
        return list(self.additional_properties)

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
