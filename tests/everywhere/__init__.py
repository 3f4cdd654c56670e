"""Where words are looked for: every table, page and file that could show them."""
