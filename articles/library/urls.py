"""Cached paths of pages: a page names the same few sections, topics and stories."""

from functools import lru_cache
from typing import Any

from django.urls import reverse


@lru_cache(maxsize=16_384)
def path_of(name: str, *args: Any) -> str:
    return reverse(name, args=args)
