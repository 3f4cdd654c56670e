"""The page of a topic, and the list of all topics."""

import unicodedata
from itertools import groupby

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from ..library.topic import Topic, TopicAlias
from ..publishing.listing import TopicListing
from .headers import reader_page
from .keyset import page_of
from .shell import show


@reader_page
def topic(request, slug):
    """A topic's stories; another name of the topic leads here."""
    at = timezone.now()
    shown = Topic.objects.filter(slug=slug).first()
    if shown is None:
        alias = TopicAlias.objects.filter(slug=slug).select_related("topic").first()
        if alias is None:
            raise Http404("no such topic")
        return HttpResponsePermanentRedirect(alias.topic.get_absolute_url())
    return show(
        request,
        "pages/topic.html",
        at=at,
        page_title=shown.name,
        topic=shown,
        page=page_of(request, TopicListing.objects.live(at).filter(topic=shown).cards()),
        related=[],
    )


@reader_page
def topics(request):
    """The topics that have stories, from A to Z."""
    at = timezone.now()
    found = with_stories(at).values("name", "slug")
    return show(
        request, "pages/topics.html", at=at, page_title=_("Topics"), groups=by_letter(found)
    )


def with_stories(at):
    """The topics that some live story has."""
    lines = TopicListing.objects.live(at).filter(topic=OuterRef("pk"))
    return Topic.objects.filter(Exists(lines))


def by_letter(topics):
    """Topics under their first letters, what begins with no letter last: [{letter, topics}]."""
    named = sorted(
        (letter_of(topic["name"]), topic["name"].casefold(), topic["slug"], topic)
        for topic in topics
    )
    groups = [
        {"letter": letter, "topics": [row[3] for row in rows]}
        for letter, rows in groupby(named, key=lambda row: row[0])
    ]
    return sorted(groups, key=lambda group: group["letter"] == "#")


def letter_of(name):
    """The letter under which a name stands, without its accent; # for digits and signs."""
    first = unicodedata.normalize("NFKD", name.strip()[:1]).upper()[:1]
    return first if first.isalpha() else "#"
