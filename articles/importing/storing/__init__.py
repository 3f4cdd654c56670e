"""From incoming stories to rows: planned one by one, stored 200 in a transaction."""
