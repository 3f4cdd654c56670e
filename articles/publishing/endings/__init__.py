"""Endings: what readers are told at the addresses of a story that left the site, and where to."""
