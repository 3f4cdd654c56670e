"""What the picture desk does beyond one form."""
