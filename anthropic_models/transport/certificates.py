"""TLS settings from the environment: SSL_CERT_FILE, SSL_CERT_DIR and SSLKEYLOGFILE."""

from __future__ import annotations

import functools
import os
import ssl
from typing import Any

VARIABLES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE")


class Context(ssl.SSLContext):
    """A TLS context that reads its certificates when they are first needed: they take 10 ms and 1 MB.

    Then it changes its class to `ssl.SSLContext`: for any other class, anyio starts a thread for each connection.
    """

    _values: tuple[str | None, ...] = ()

    def load(self) -> None:
        """Read the certificates. Raises ValueError, which names the variable whose value is invalid."""
        file, folders, key_log = self._values
        folders = None if file else folders  # as httpx does
        _check("SSL_CERT_FILE names no file", os.path.isfile, file)
        _check("SSL_CERT_DIR names no folder", _has_folder, folders)
        _check("SSLKEYLOGFILE is in no folder", os.path.isdir, key_log and (os.path.dirname(key_log) or "."))  # noqa: PTH120
        import certifi  # slow to import, and not needed for plain HTTP

        try:
            self.load_verify_locations(cafile=file or (None if folders else certifi.where()), capath=folders)
            if key_log:
                self.keylog_filename = key_log
        except (OSError, ValueError) as error:
            names = [name for name, value in zip(VARIABLES, self._values, strict=True) if value]
            raise ValueError(f"{', '.join(names) or 'the certificates'} cannot be read: {error}") from None
        self.__class__ = ssl.SSLContext  # type: ignore[assignment]

    def wrap_socket(self, *args: Any, **kwargs: Any) -> ssl.SSLSocket:
        self.load()
        return self.wrap_socket(*args, **kwargs)

    def wrap_bio(self, *args: Any, **kwargs: Any) -> ssl.SSLObject:
        self.load()
        return self.wrap_bio(*args, **kwargs)


def _has_folder(folders: str) -> bool:
    return any(os.path.isdir(folder) for folder in folders.split(os.pathsep))  # noqa: PTH112  # as OpenSSL does


def _check(problem: str, exists: Any, path: str | None) -> None:
    if path is not None and path != "" and not exists(path):
        raise ValueError(f"{problem}: {path[:200]!r}")


def of_environment() -> ssl.SSLContext:
    """The context for the current environment; clients that are created with the same values share it."""
    values = tuple(os.environ.get(name) or None for name in VARIABLES)
    file = values[0] or ""
    return _of(values, os.stat(file).st_mtime_ns if os.path.isfile(file) else 0)  # noqa: PTH113, PTH116


@functools.lru_cache(maxsize=8)
def _of(values: tuple[str | None, ...], changed: int) -> ssl.SSLContext:  # noqa: ARG001  # part of the cache key
    context = Context(ssl.PROTOCOL_TLS_CLIENT)
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN | ssl.VERIFY_X509_TRUSTED_FIRST
    context._values = values
    return context
