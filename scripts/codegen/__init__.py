"""Regeneration, one file for each step; `pipeline.py` puts them in order."""
