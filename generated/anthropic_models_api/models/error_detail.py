# Generated from openapi/models.yaml by openapi-python-client 0.29.1: do not edit, run `make regenerate`.

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, Self, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Model, Unset, parse_datetime


@_attrs_define(frozen=True, slots=False, repr=False)
class ErrorDetail(Model):
    """What went wrong.

    Attributes:
        type: The kind of error, in one word; new kinds may appear.
        message: What went wrong, for people.
    """

    type: str
    message: str
    additional_properties: Mapping[str, Any] = _attrs_field(factory=dict, kw_only=True)

    __hash__ = Model.__hash__

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """From a JSON object. What does not fit raises KeyError, TypeError or ValueError."""
        _data_ = dict(src_dict)
        type_ = _data_.pop("type")
        message = _data_.pop("message")
        _extra_ = _data_
        return cls(
            type=type_,
            message=message,
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
