"""The log of who did what: one table, written in the transaction of what it tells of."""
