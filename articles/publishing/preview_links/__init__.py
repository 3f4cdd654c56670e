"""Showing stories by preview links: making, opening and answering them."""
