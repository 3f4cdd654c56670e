"""Fronts: the front pages, what editors pin to them, and breaking news."""
