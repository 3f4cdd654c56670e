"""Editions: what readers see, frozen, listed, and live for an interval."""
