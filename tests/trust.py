"""What httpx's clients of the tests trust, and what TLS servers of the tests show."""

import ssl

TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""One for all of them: each of its own costs 50 ms, and nobody who takes this one speaks TLS."""


def context_of(authority, *names):
    """A server's context with a certificate for these names, for the loopback address if there are none."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*(names or ("127.0.0.1", "localhost"))).configure_cert(context)
    return context
