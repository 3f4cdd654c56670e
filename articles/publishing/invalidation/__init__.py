"""Invalidation: which cached pages a change affects, by surrogate key."""
