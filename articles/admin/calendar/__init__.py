"""The desk's calendar: what goes out and what is due on each day of a week or a month."""
