"""Legal hold: nothing more of a story goes out until somebody with that right lifts it."""
