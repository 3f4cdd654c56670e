"""Embeds: which sites can be shown in a page, by their addresses alone, and in which frame."""
