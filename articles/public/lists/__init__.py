"""Lists: filters, keyset pagination, counts and languages."""
