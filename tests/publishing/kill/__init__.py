"""Tests of killing stories."""
