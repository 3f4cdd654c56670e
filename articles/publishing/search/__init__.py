"""Search: an index of what was published, written with each edition, read at a moment.

The words are cut, folded and stemmed here, in Python, so that PostgreSQL's full text and SQLite's
FTS5 hold the same words and give the same answers.
"""
