"""The keys that an answer carries: a change that touches one ends what was kept of it anywhere."""

from django.conf import settings

from ...publishing.surrogate_keys import LISTS_KEY, SITE_KEY, story_key

MOST = 64
"""A page with more keys than these carries, in place of its stories', the key of all lists."""


def stories_of(editions):
    """The keys of the stories of some editions."""
    return {story_key(edition.uuid) for edition in editions}


def keys_of(answer):
    """The keys of an answer: its `keys`, if its view named them, else that of all lists."""
    return bounded({SITE_KEY, *getattr(answer, "keys", (LISTS_KEY,))})


def carry(answer):
    """Write the keys of an answer into its headers.

    Only where a cache is told what to forget: elsewhere they would be bytes that nobody reads.
    """
    if settings.PURGE:
        keys = sorted(keys_of(answer))
        answer.headers["Surrogate-Key"] = " ".join(keys)
        answer.headers["Cache-Tag"] = ",".join(keys)


def bounded(keys):
    """These keys, or fewer and coarser ones that every change of those touches too."""
    if len(keys) <= MOST:
        return keys
    return {key for key in keys if not key.startswith("story-")} | {LISTS_KEY}
