"""Screenshots for the docs, taken from a demo newsroom in headless Chromium."""
