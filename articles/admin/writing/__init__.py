"""The writing screen: its page, its saves, and what it asks while it is open."""
