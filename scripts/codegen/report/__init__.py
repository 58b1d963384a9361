"""What changed for callers, old generated package against new: `summary.make` puts the steps in order."""
