"""The list of stories: what it is asked, what it finds, and what it shows of it."""
