"""Sharing previews: the links of a story, and all links of the desk."""
