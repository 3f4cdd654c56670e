"""The time machine: any public page as it was, or is to be, at a moment; for the desk alone."""
