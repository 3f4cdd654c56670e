"""Accounts and roles: who may sign in, what each may do, and what happens when somebody leaves."""
