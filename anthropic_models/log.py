"""The log: one line for each request and each retry, never with a credential.

`ANTHROPIC_LOG=info` or `debug` shows the lines on standard error; a program that configures logging itself uses
the logger `anthropic_models`.
"""

from __future__ import annotations

import logging
import os

log: logging.Logger = logging.getLogger("anthropic_models")

_LEVELS = {"debug": logging.DEBUG, "info": logging.INFO}


def configure_logging() -> None:
    """Write the log to standard error if ANTHROPIC_LOG is set and the program has not configured logging."""
    level = _LEVELS.get(os.environ.get("ANTHROPIC_LOG", "").strip().lower())
    if level is None:
        return
    log.setLevel(level)
    if not log.hasHandlers():
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("[%(asctime)s - %(name)s:%(levelname)s] %(message)s"))
        log.addHandler(handler)
