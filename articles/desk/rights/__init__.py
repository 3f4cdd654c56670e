"""Rights per section: sections are desks, and somebody may have rights at some of them only."""
