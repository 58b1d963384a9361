"""The way to the API: one request goes out, one reply comes back, within its time and bounds. Knows no operation."""
