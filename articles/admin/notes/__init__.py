"""Notes between colleagues, beside a story and beside a plan."""
