"""Fronts and breaking news."""
