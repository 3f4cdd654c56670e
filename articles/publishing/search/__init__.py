"""Search: an index of editions, written when they are published and queried for what is live.

Python tokenizes, folds and stems the words, so that PostgreSQL's full-text search and SQLite's FTS5
hold the same words and give the same results.
"""
