"""Accounts of the desk: who outranks whom, and what happens when somebody leaves."""
