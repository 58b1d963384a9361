# Generated from openapi/models.yaml by openapi-python-client 0.29.1: do not edit, run `make regenerate`.

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, Self, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Model, Unset, parse_datetime


if TYPE_CHECKING:
    from ..models.error_detail import ErrorDetail


@_attrs_define(frozen=True, slots=False, repr=False)
class ErrorResponse(Model):
    """The body of every answer that is not a success.

    Attributes:
        type: The kind of object; always the same for an error.
        error: What went wrong.
        request_id: The same as the `request-id` header; may be missing or null.
    """

    type: Literal["error"]
    error: ErrorDetail
    request_id: None | str | Unset = UNSET
    additional_properties: Mapping[str, Any] = _attrs_field(factory=dict, kw_only=True)

    __hash__ = Model.__hash__

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """From a JSON object. What does not fit raises KeyError, TypeError or ValueError."""
        from ..models.error_detail import ErrorDetail

        _data_ = dict(src_dict)
        type_ = cast(Literal["error"], _data_.pop("type"))
        if type_ != "error":
            raise ValueError(f"type must match const 'error', got '{type_}'")
        error = ErrorDetail.from_dict(_data_.pop("error"))

        def _parse_request_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        request_id = _parse_request_id(_data_.pop("request_id", UNSET))

        _extra_ = _data_
        return cls(
            type=type_,
            error=error,
            request_id=request_id,
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
