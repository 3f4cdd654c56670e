"""Guests: people without an account, to whom the desk shows a story by a link."""
