"""How languages write days, where we differ from Django."""
