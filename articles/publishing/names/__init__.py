"""Names put in order: topics and authors renamed and merged, logged, and the way back."""
