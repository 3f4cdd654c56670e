"""The page of a story."""

import datetime as dt

from django.http import Http404, HttpResponsePermanentRedirect
from django.utils import timezone

from ..publishing.address import Address
from ..publishing.edition import Edition
from ..publishing.links import fill_page
from ..publishing.listing import TopicListing
from ..publishing.render import body_of
from .errors import gone
from .headers import reader_page
from .shell import show
from .slices import first_of_each

MORE, MOST_TOPICS = 6, 6


@reader_page
def story(request, year, month, day, slug):
    """The live edition at an address; else where the story is now, or that it is gone."""
    at = timezone.now()
    try:
        posted_on = dt.date(year, month, day)
    except ValueError as error:
        raise Http404("no such day") from error
    edition = (
        Edition.objects.live(at)
        .filter(posted_on=posted_on, slug=slug)
        .select_related("section")
        .order_by("-live_from")
        .first()
    )
    if edition is None:
        return not_here(request, posted_on, slug, at=at)
    return page_of(request, edition, at=at)


def page_of(request, edition, *, at, preview=False):
    """The page of an edition, stored or (for a preview) not, as it looks at a moment."""
    body, translations = fill_page(edition, body_of(edition), at=at)
    return show(
        request,
        "pages/story.html",
        at=at,
        page_title=edition.headline,
        edition=edition,
        body=body,
        translations=translations,
        more=more_on_topics(edition, at=at) if edition.pk else {"topic": None, "editions": []},
        notes=notes_of(edition),
        preview=preview,
    )


def not_here(request, posted_on, slug, *, at):
    """Where the story of this address is now; 410 when it is gone; 404 when it never was."""
    post = Address.objects.filter(posted_on=posted_on, slug=slug).values_list("post", flat=True)
    editions = Edition.objects.filter(post=post.first()).order_by("live_from").cards()
    here = editions.filter(posted_on=posted_on, slug=slug).first()
    if here and here.live_from > at:
        raise Http404("not yet")
    if now_at := editions.live(at).first():
        return HttpResponsePermanentRedirect(now_at.get_absolute_url())
    if editions.filter(live_from__lte=at).exists():
        return gone(request, at=at)
    raise Http404("no such story")


def more_on_topics(edition, *, at):
    """Newer and older stories on the story's topics: {topic, editions}.

    The topics are those of its lines in the lists, so that a merged topic is followed. `topic` is
    given when there is just one.
    """
    topics = edition.topics[:MOST_TOPICS]
    if not topics:
        return {"topic": None, "editions": []}
    lines = TopicListing.objects.filter(edition=edition).order_by("pk").values("topic")
    others = TopicListing.objects.live(at).exclude(post=edition.post_id)
    slices = [
        others.filter(topic=lines[place : place + 1]).newest_first()[:MORE]
        for place in range(len(topics))
    ]
    editions = Edition.objects.filter(pk__in=first_of_each(slices, "edition"))
    return {
        "topic": topics[0] if len(topics) == 1 else None,
        "editions": list(editions.cards().newest_first()[:MORE]),
    }


def notes_of(edition):
    """The notes to readers, newest last: [{kind, kind_text, note, at}]."""
    return [
        {
            **note,
            "kind_text": Edition.Kind(note["kind"]).label,
            "at": dt.datetime.fromisoformat(note["at"]),
        }
        for note in edition.notes
    ]
