"""Keeping pages from one request to the next, here and elsewhere, for as long as they are right."""
