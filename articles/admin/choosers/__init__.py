"""Choosing pictures and stories while writing: what the dialogs of the writing screen ask."""
