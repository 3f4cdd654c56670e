"""Paths of pages, worked out once: a page names the same few sections, topics and stories."""

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=16_384)
def path_of(name, *args):
    """The path of the page of this name."""
    return reverse(name, args=args)
