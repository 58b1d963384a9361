"""What the tests know of the API that may move: the page's facts, the statuses with an error, and the fragment."""

from pathlib import Path
from typing import Any

import yaml

FACTS: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("facts.yaml").read_text(encoding="utf-8"))
"""Those of the page, as data: tests/facts.yaml."""

_PATH = Path(__file__).resolve().parents[1] / "openapi" / "models.yaml"

FRAGMENT: dict[str, Any] = yaml.safe_load(_PATH.read_text(encoding="utf-8"))
"""The fragment as people wrote it."""

API_VERSION: str = FRAGMENT["info"]["version"]
"""The API version that the fragment describes, and the client sends where it is told no other."""


def moved(what: str) -> str:
    """What a person has to do where a fact is no longer one."""
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
