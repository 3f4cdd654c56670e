"""Saves: stale forms, forms submitted twice, and two people who write a row at once."""
