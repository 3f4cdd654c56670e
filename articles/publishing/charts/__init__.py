"""Charts, drawn once, when a story is published."""
