"""What desk and site both name: sections, topics, authors, photos. Nothing here is a draft."""
