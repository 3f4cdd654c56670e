"""Tests of what is left of a story that went."""
