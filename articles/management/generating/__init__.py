"""Generating stories: a newsroom's worth of believable ones, fast."""
