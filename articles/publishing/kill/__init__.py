"""Killing: every word of a story leaves the site and the desk, for legal reasons and for good."""
