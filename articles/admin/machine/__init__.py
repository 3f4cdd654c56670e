"""The machine page: what runs by itself, what is overdue, and how everything below the desk is."""
