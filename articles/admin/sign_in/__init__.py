"""Signing in: the password, then the second factor of who has one or needs one."""
