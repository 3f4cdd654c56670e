"""A story's history: what was kept of it, what changed, and its way back."""
