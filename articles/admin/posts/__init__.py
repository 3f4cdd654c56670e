"""Posts: the writing screen, its previews and history, and the list."""
