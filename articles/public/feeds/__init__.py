"""Feeds: the same lists that pages show, for readers' programs."""
