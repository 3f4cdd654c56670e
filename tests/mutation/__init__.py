"""Mutation testing: how much of a rule can be broken without a test that fails."""
