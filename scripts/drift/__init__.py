"""Has upstream moved: the reference page and the official SDK against the fragment."""
