"""Fetching from other people's servers: the one place that does, and what it refuses.

fetched = fetch(url, limit=PICTURE_LIMIT)   # Fetched, or FetchRefused with one sentence
"""
