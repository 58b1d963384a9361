"""What httpx's clients of the tests trust."""

import ssl

TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""One for all of them: each of its own costs 50 ms, and nobody who takes this one speaks TLS."""
