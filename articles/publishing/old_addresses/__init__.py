"""Addresses of another site that lead to what is here now: found, added, removed, as CSV."""
