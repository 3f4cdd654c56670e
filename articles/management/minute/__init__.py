"""What the minute command does: the jobs, and how each says in words what it did."""
