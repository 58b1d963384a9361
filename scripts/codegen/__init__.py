"""The regeneration, one file for each step; `pipeline.py` runs them in order."""
