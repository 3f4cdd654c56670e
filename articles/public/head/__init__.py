"""What pages tell machines about themselves: for search, sharing and quoting."""
