"""Names of topics and authors: finding stories by new ones, and those that are nearly the same."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.desk.search.index import index_waiting
from articles.publishing.machine.run import Done
from articles.publishing.names.kinds import KINDS
from articles.publishing.names.near_double import look_for_doubles

MOST = 2_000


def index_stories(now, place):
    """Stories whose topic, author or picture was renamed or merged, when they were many."""
    done = index_waiting(MOST)
    if not done:
        return Done(_("No story was waiting."))
    said = ngettext("%d story indexed.", "%d stories indexed.", done) % done
    return Done(said, notable=True, more=done >= MOST)


def look_for_pairs(now, place):
    found = {key: look_for_doubles(kind) for key, kind in KINDS.items()}
    return Done(_("Pairs: %(topic)d of topics, %(author)d of authors.") % found)
