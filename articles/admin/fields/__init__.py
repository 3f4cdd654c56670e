"""Fields of the desk's forms, and what picks rows for them."""
