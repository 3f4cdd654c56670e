"""Seeing the desk as a colleague: the buttons, and what is refused meanwhile."""
