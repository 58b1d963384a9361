"""TLS settings from the environment: SSL_CERT_FILE, SSL_CERT_DIR and SSLKEYLOGFILE."""

from __future__ import annotations

import functools
import os
import ssl
from typing import Any


class Context(ssl.SSLContext):
    """A TLS context that reads its certificates when they are first needed: they take 10 ms and 1 MB.

    Then it becomes a plain `ssl.SSLContext`, because anyio uses a thread for each connection of a subclass.
    """

    _values: tuple[str, ...]

    def load(self) -> None:
        """Read the certificates. Raises ValueError, which names the variable whose value is invalid."""
        file, folders, key_log = self._values
        name, value = ("SSL_CERT_FILE", file) if file else ("SSL_CERT_DIR", folders)  # as httpx chooses
        try:
            if not value:
                import certifi  # httpx also delays it

                self.load_verify_locations(cafile=certifi.where())
            elif file:
                self.load_verify_locations(cafile=file)
            elif any(map(os.path.isdir, folders.split(os.pathsep))):
                self.load_verify_locations(capath=folders)
            else:  # OpenSSL ignores missing folders
                raise ValueError("no such folder")
            if key_log:
                name, value = "SSLKEYLOGFILE", key_log
                self.keylog_filename = key_log
        except (OSError, ValueError) as error:
            raise ValueError(f"{name} cannot be used: {value[:200]!r}: {error}") from None
        self.__class__ = ssl.SSLContext  # type: ignore[assignment]  # a base class; it adds no slots

    def set_alpn_protocols(self, *protocols: Any) -> None:
        """Read the certificates: httpcore calls this before every handshake."""
        Context.load(self)  # another thread may have changed the class of `self`
        self.set_alpn_protocols(*protocols)


def of_environment() -> ssl.SSLContext:
    """The context for the current environment; clients that are created with the same values share it."""
    file = os.environ.get("SSL_CERT_FILE", "")
    changed = os.stat(file).st_mtime_ns if os.path.isfile(file) else 0  # noqa: PTH113, PTH116  # a string of the environment
    return _of((file, os.environ.get("SSL_CERT_DIR", ""), os.environ.get("SSLKEYLOGFILE", "")), changed)


@functools.lru_cache(maxsize=8)
def _of(values: tuple[str, ...], changed: int) -> ssl.SSLContext:  # noqa: ARG001  # part of the cache key
    context = Context(ssl.PROTOCOL_TLS_CLIENT)
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN | ssl.VERIFY_X509_TRUSTED_FIRST
    context._values = values
    return context
