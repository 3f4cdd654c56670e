"""Saves: stale forms, forms that are sent twice, and rows that two people write at once."""
