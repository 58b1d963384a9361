"""The transport of this package's httpx clients: a connection pool, deadlines, TLS and proxies."""
