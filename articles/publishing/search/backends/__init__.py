"""Back ends: the same index on PostgreSQL and on SQLite."""
