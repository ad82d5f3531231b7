"""Many articles: JSON lines in, JSON lines out, in order, restartable."""
