"""Previews: a post as readers would see it."""


class PreviewMixin:
    """Pages beside the post's form that show it as the site would."""
