"""What the tests know of the API that may move: the page's facts, the statuses with an error, and the fragment."""

from pathlib import Path
from typing import Any

import yaml


def read_yaml(path: Path) -> Any:
    """What a file of YAML holds."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the first is ten times faster, but not always available
    return yaml.load(path.read_bytes(), loader)


FACTS: dict[str, Any] = read_yaml(Path(__file__).with_name("facts.yaml"))
"""Those of the page, as data: tests/facts.yaml."""

FRAGMENT: dict[str, Any] = read_yaml(Path(__file__).resolve().parents[1] / "openapi" / "models.yaml")
"""The fragment as people wrote it."""

API_VERSION: str = FRAGMENT["info"]["version"]
"""The API version that the fragment describes, and that the client sends by default."""


def moved(what: str) -> str:
    """What a person has to do if a fact has changed."""
    return f"the fragment says something else: if the API has moved, state the new fact in tests/facts.yaml, `{what}`"


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
"""The statuses that have an error of their own, as the official client's users and the README expect them."""
