"""Embargoes: nothing of a story may be public before a moment, or until further notice."""
