"""The transport of this package's own httpx clients: a connection pool with a deadline, TLS, and proxies."""
