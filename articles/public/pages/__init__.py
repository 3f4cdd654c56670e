"""Pages: a view for each kind of page."""
