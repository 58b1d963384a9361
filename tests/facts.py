"""Facts about the API that may change: those of the reference page, the error of each status, and the fragment."""

from pathlib import Path
from typing import Any

import yaml


def read_yaml(path: Path) -> Any:
    """The content of a YAML file."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C loader is ten times faster, but not always available
    return yaml.load(path.read_bytes(), loader)


FACTS: dict[str, Any] = read_yaml(Path(__file__).with_name("facts.yaml"))
"""The facts of the reference page, from tests/facts.yaml."""

FRAGMENT: dict[str, Any] = read_yaml(Path(__file__).resolve().parents[1] / "openapi" / "models.yaml")
"""The hand-written fragment."""

API_VERSION: str = FRAGMENT["info"]["version"]
"""The API version that the fragment describes, and that the client sends by default."""


def moved(what: str) -> str:
    """The message of a failed test, with what to do if a fact has changed."""
    return f"the fragment differs from tests/facts.yaml: if the API has changed, update `{what}` in that file"


ERROR_OF = {
    400: "BadRequestError",
    401: "AuthenticationError",
    403: "PermissionDeniedError",
    404: "NotFoundError",
    409: "ConflictError",
    413: "RequestTooLargeError",
    422: "UnprocessableEntityError",
    429: "RateLimitError",
    529: "OverloadedError",
}
"""The statuses with their own error class, as in the official client and the README."""
