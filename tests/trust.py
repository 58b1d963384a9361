"""TLS contexts for the clients and servers of the tests."""

import ssl

TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Shared by clients that do not use TLS, because creating a context takes 50 ms."""


def context_of(authority, *names):
    """A server's context with a certificate for these names, by default for the loopback address."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*(names or ("127.0.0.1", "localhost"))).configure_cert(context)
    return context
