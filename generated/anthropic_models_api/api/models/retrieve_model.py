# Generated from openapi/models.yaml by openapi-python-client 0.29.1: do not edit, run `make regenerate`.

from typing import Annotated, Any, Final, Literal, cast
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...types import UNSET, Bounds, Operation, Parameter, Response, SequenceNotStr, Unset, format_datetime, read

from ...models.anthropic_beta import AnthropicBeta
from ...models.error_response import ErrorResponse
from ...models.model_info import ModelInfo


def build_request(
    model_id: Annotated[str, Bounds(minLength=1)],
    *,
    anthropic_version: Annotated[str, Bounds(minLength=1)] = "2023-06-01",
    anthropic_beta: Annotated[str, Bounds(minLength=1)] | Unset = UNSET,
) -> dict[str, Any]:
    """Build the request; returns the keyword arguments of `httpx.Client.request`."""
    headers: dict[str, Any] = {}
    headers["anthropic-version"] = anthropic_version

    if not isinstance(anthropic_beta, Unset):
        headers["anthropic-beta"] = anthropic_beta

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/models/{model_id}".format(
            model_id=quote(str(model_id), safe="!$&'()*+,=:@"),
        ),
    }
    _kwargs["headers"] = headers
    return _kwargs


def parse_success(status_code: int, data: Any) -> ModelInfo:
    """Parse the decoded JSON of a successful response.

    Raises `errors.MismatchError`, a ValueError, if it does not match the document.
    """
    if 200 <= status_code <= 200:
        return cast(ModelInfo, read(data, ModelInfo))
    raise ValueError(f"the document describes no success with status {status_code}")


OPERATION: Final = Operation(
    build_request,
    parse_success,
    successes=((200, 200, ModelInfo),),
    parameters=(
        Parameter("model_id", "model_id", "path", "model_id", Annotated[str, Bounds(minLength=1)], is_joined=False),
        Parameter(
            "anthropic_version",
            "anthropic_version",
            "header",
            "anthropic-version",
            Annotated[str, Bounds(minLength=1)],
            is_joined=False,
        ),
        Parameter(
            "betas", "anthropic_beta", "header", "anthropic-beta", SequenceNotStr[AnthropicBeta | str], is_joined=True
        ),
    ),
)


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorResponse | ModelInfo | None:
    if response.status_code == 200:
        return cast(ModelInfo, read(response.json(), ModelInfo))
    if response.status_code == 400:
        return cast(ErrorResponse, read(response.json(), ErrorResponse))
    if response.status_code == 401:
        return cast(ErrorResponse, read(response.json(), ErrorResponse))
    if response.status_code == 403:
        return cast(ErrorResponse, read(response.json(), ErrorResponse))
    if response.status_code == 404:
        return cast(ErrorResponse, read(response.json(), ErrorResponse))
    if response.status_code == 413:
        return cast(ErrorResponse, read(response.json(), ErrorResponse))
    if response.status_code == 429:
        return cast(ErrorResponse, read(response.json(), ErrorResponse))
    if response.status_code == 500:
        return cast(ErrorResponse, read(response.json(), ErrorResponse))
    if response.status_code == 504:
        return cast(ErrorResponse, read(response.json(), ErrorResponse))
    if response.status_code == 529:
        return cast(ErrorResponse, read(response.json(), ErrorResponse))
    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[ErrorResponse | ModelInfo]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    model_id: Annotated[str, Bounds(minLength=1)],
    *,
    client: AuthenticatedClient,
    anthropic_version: Annotated[str, Bounds(minLength=1)] = "2023-06-01",
    anthropic_beta: Annotated[str, Bounds(minLength=1)] | Unset = UNSET,
) -> Response[ErrorResponse | ModelInfo]:
    """Retrieve a model

     Returns the details of a model. Given an alias, it returns the model to which the alias currently
    refers.

    Args:
        model_id (str, minLength=1): The id of a model, or an alias.
        anthropic_version (str, minLength=1): The version of the API that the program was written
            for. Default: '2023-06-01'.
        anthropic_beta (str, minLength=1 | Unset): Beta features to switch on. Values other than
            the known ones are allowed.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | ModelInfo]
    """

    kwargs = build_request(
        model_id=model_id,
        anthropic_version=anthropic_version,
        anthropic_beta=anthropic_beta,
    )
    response = client.get_httpx_client().request(**kwargs)
    return _build_response(client=client, response=response)


def sync(
    model_id: Annotated[str, Bounds(minLength=1)],
    *,
    client: AuthenticatedClient,
    anthropic_version: Annotated[str, Bounds(minLength=1)] = "2023-06-01",
    anthropic_beta: Annotated[str, Bounds(minLength=1)] | Unset = UNSET,
) -> ErrorResponse | ModelInfo | None:
    """Retrieve a model

     Returns the details of a model. Given an alias, it returns the model to which the alias currently
    refers.

    Args:
        model_id (str, minLength=1): The id of a model, or an alias.
        anthropic_version (str, minLength=1): The version of the API that the program was written
            for. Default: '2023-06-01'.
        anthropic_beta (str, minLength=1 | Unset): Beta features to switch on. Values other than
            the known ones are allowed.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | ModelInfo
    """

    return sync_detailed(
        model_id=model_id,
        client=client,
        anthropic_version=anthropic_version,
        anthropic_beta=anthropic_beta,
    ).parsed


async def asyncio_detailed(
    model_id: Annotated[str, Bounds(minLength=1)],
    *,
    client: AuthenticatedClient,
    anthropic_version: Annotated[str, Bounds(minLength=1)] = "2023-06-01",
    anthropic_beta: Annotated[str, Bounds(minLength=1)] | Unset = UNSET,
) -> Response[ErrorResponse | ModelInfo]:
    """Retrieve a model

     Returns the details of a model. Given an alias, it returns the model to which the alias currently
    refers.

    Args:
        model_id (str, minLength=1): The id of a model, or an alias.
        anthropic_version (str, minLength=1): The version of the API that the program was written
            for. Default: '2023-06-01'.
        anthropic_beta (str, minLength=1 | Unset): Beta features to switch on. Values other than
            the known ones are allowed.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | ModelInfo]
    """

    kwargs = build_request(
        model_id=model_id,
        anthropic_version=anthropic_version,
        anthropic_beta=anthropic_beta,
    )
    response = await client.get_async_httpx_client().request(**kwargs)
    return _build_response(client=client, response=response)


async def asyncio(
    model_id: Annotated[str, Bounds(minLength=1)],
    *,
    client: AuthenticatedClient,
    anthropic_version: Annotated[str, Bounds(minLength=1)] = "2023-06-01",
    anthropic_beta: Annotated[str, Bounds(minLength=1)] | Unset = UNSET,
) -> ErrorResponse | ModelInfo | None:
    """Retrieve a model

     Returns the details of a model. Given an alias, it returns the model to which the alias currently
    refers.

    Args:
        model_id (str, minLength=1): The id of a model, or an alias.
        anthropic_version (str, minLength=1): The version of the API that the program was written
            for. Default: '2023-06-01'.
        anthropic_beta (str, minLength=1 | Unset): Beta features to switch on. Values other than
            the known ones are allowed.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | ModelInfo
    """

    return (
        await asyncio_detailed(
            model_id=model_id,
            client=client,
            anthropic_version=anthropic_version,
            anthropic_beta=anthropic_beta,
        )
    ).parsed
