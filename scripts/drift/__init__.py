"""Compares the fragment with upstream: the reference page and the official SDK."""
