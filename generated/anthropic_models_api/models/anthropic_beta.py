# Generated from openapi/models.yaml by openapi-python-client 0.29.1: do not edit, run `make regenerate`.

from typing import Literal

AnthropicBeta = Literal[
    "code-execution-2025-05-22",
    "computer-use-2024-10-22",
    "computer-use-2025-01-24",
    "context-1m-2025-08-07",
    "context-management-2025-06-27",
    "dev-full-thinking-2025-05-14",
    "extended-cache-ttl-2025-04-11",
    "files-api-2025-04-14",
    "interleaved-thinking-2025-05-14",
    "mcp-client-2025-04-04",
    "mcp-client-2025-11-20",
    "message-batches-2024-09-24",
    "model-context-window-exceeded-2025-08-26",
    "output-128k-2025-02-19",
    "pdfs-2024-09-25",
    "prompt-caching-2024-07-31",
    "skills-2025-10-02",
    "token-counting-2024-11-01",
    "token-efficient-tools-2025-02-19",
]

ANTHROPIC_BETA_VALUES: set[AnthropicBeta] = {
    "code-execution-2025-05-22",
    "computer-use-2024-10-22",
    "computer-use-2025-01-24",
    "context-1m-2025-08-07",
    "context-management-2025-06-27",
    "dev-full-thinking-2025-05-14",
    "extended-cache-ttl-2025-04-11",
    "files-api-2025-04-14",
    "interleaved-thinking-2025-05-14",
    "mcp-client-2025-04-04",
    "mcp-client-2025-11-20",
    "message-batches-2024-09-24",
    "model-context-window-exceeded-2025-08-26",
    "output-128k-2025-02-19",
    "pdfs-2024-09-25",
    "prompt-caching-2024-07-31",
    "skills-2025-10-02",
    "token-counting-2024-11-01",
    "token-efficient-tools-2025-02-19",
}


def check_anthropic_beta(value: str) -> AnthropicBeta:
    if value in ANTHROPIC_BETA_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {ANTHROPIC_BETA_VALUES!r}")
