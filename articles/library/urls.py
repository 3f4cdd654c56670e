"""Cached paths of pages: a page names the same few sections, topics and stories."""

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=16_384)
def path_of(name, *args):
    return reverse(name, args=args)
