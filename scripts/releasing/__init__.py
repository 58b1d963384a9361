"""The steps of a release, each in its own file."""
