"""Completing what a new release, or a bulk import, left to be done: story parts and search."""

import time

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.public.pages.story.parts import all_made_with, store_parts
from articles.publishing.editions.edition import Edition
from articles.publishing.invalidation.invalidate import invalidate
from articles.publishing.key_batches import key_batches
from articles.publishing.machine.run import Done
from articles.publishing.search.index import NOT_INDEXED
from articles.publishing.search.index import reindex as reindexed

BATCH = 100
AT_MOST = 20  # seconds of a minute


def in_time(batches):
    """These batches, as long as there is time to begin another."""
    until = time.monotonic() + AT_MOST
    for batch in batches:
        yield batch
        if time.monotonic() >= until:
            return


def render(now, place):
    """The stored parts of story pages, the newest first, if the code, the settings or the name of a
    section have changed since they were all right. `place` is what they were made with, and the
    last edition, or nothing once all are done."""
    if settings.DEBUG:
        return Done(_("Pages are rendered for each request while DEBUG is on."))
    wanted = all_made_with()
    made_with, _space, last = place.partition(" ")
    if made_with == wanted and not last:
        return Done(_("All are rendered."), place=place)
    shown = Edition.objects.filter(live_until__gt=now)
    if made_with == wanted:
        shown = shown.filter(pk__lt=int(last))
    rendered, last = 0, ""
    for keys in in_time(key_batches(shown, BATCH, newest_first=True)):
        rendered += store_parts(Edition.objects.filter(pk__in=keys), at=now)
        last = str(keys[-1])
    more = last and shown.filter(pk__lt=int(last)).exists()
    said = ngettext("%d story rendered.", "%d stories rendered.", rendered) % rendered
    return Done(said, bool(rendered), f"{wanted} {last if more else ''}", bool(more))


def reindex(now, place):
    """Editions that are not in the search index, or in the form of an older release."""
    written = sum(len(keys) for keys in in_time(reindexed(missing=True)))
    if not written:
        return Done(_("The search index is complete."))
    invalidate()
    said = ngettext("%d edition was added.", "%d editions were added.", written) % written
    more = Edition.objects.filter(NOT_INDEXED).exists()
    return Done(said, notable=True, more=more)
