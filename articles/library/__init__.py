"""Shared reference: what the desk and the site both name, and what carries no draft words."""
