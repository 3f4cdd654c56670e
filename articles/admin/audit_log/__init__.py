"""The log of who did what: what the admin writes into it, and the page on which it is read."""
