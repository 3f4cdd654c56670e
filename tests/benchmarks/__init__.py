"""What a page costs: docs/performance.md says how each of these is run."""
