"""The page of a story."""

import datetime as dt

from django.http import Http404, HttpResponsePermanentRedirect
from django.utils import timezone

from ...publishing.editions.address import Address
from ...publishing.editions.edition import Edition
from ...publishing.editions.links import fill_page, stories_in
from ...publishing.editions.listing import (
    TopicListing,
    with_author_slugs,
    with_topic_keys,
    with_topic_slugs,
)
from ...publishing.editions.render import body_of
from ...publishing.editions.translations import once
from ...publishing.surrogate_keys import story_key, topic_key
from ..errors import gone
from ..http.surrogate_headers import story_keys
from ..lists.union_slices import first_of_each
from ..public_view import public_view
from ..render_page import render_page

MORE_STORIES, MAX_TOPICS = 6, 6


@public_view
def story(request, year, month, day, slug):
    """The live edition at a URL. If there is none, redirects to the story or answers 410."""
    at = timezone.now()
    try:
        posted_on = dt.date(year, month, day)
    except ValueError as error:
        raise Http404("no such day") from error
    edition = (
        with_topics(Edition.objects.live(at))
        .filter(posted_on=posted_on, slug=slug)
        .select_related("section")
        .order_by("-live_from")
        .first()
    )
    if edition is None:
        return moved_or_gone(request, posted_on, slug, at=at)
    return story_page(request, edition, at=at)


def story_page(request, edition, *, at, preview=False):
    """The page of an edition, stored (see `with_topics`) or not, as it looks at a moment."""
    body = body_of(edition)
    links = stories_in(body)
    body, translations = fill_page(edition, body, at=at)
    more = more_on_topics(edition, at=at) if edition.pk else {"topic": None, "editions": []}
    return render_page(
        request,
        "pages/story.html",
        at=at,
        keys={
            *map(story_key, {edition.uuid, edition.family, *links}),
            *map(topic_key, topic_ids(edition)),
            *story_keys([*translations, *more["editions"]]),
        },
        page_title=edition.headline,
        edition=edition,
        body=body,
        translations=translations,
        more=more,
        notes=reader_notes(edition),
        preview=preview,
    )


def moved_or_gone(request, posted_on, slug, *, at):
    """Redirect to the story of this URL; 410 if it is withdrawn; 404 if it was never live."""
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


def with_topics(editions):
    """Annotate editions with what their pages show of topics and authors."""
    named = with_topic_slugs(with_author_slugs(editions))
    return with_topic_keys(named, most=MAX_TOPICS)


def topic_ids(edition):
    """The numbers of the topics of a stored edition (see `with_topics`); of another, none."""
    numbers = getattr(edition, "topic_keys", None)
    return [int(number) for number in numbers.split(",")] if numbers else []


def more_on_topics(edition, *, at):
    """Newer and older stories on the story's topics: {topic, editions}.

    The topics come from its listings, which follow merged topics. `topic` is None unless there is
    exactly one.
    """
    topics = topic_ids(edition)
    if not topics:
        return {"topic": None, "editions": []}
    others = TopicListing.objects.live(at).exclude(edition__family=edition.family)
    # Each story once, in the language that its reader reads.
    others = once(others, edition.language, at=at, edition="edition__")
    slices = [others.filter(topic=topic).newest_first()[:MORE_STORIES] for topic in topics]
    editions = Edition.objects.filter(pk__in=first_of_each(slices, "edition"))
    return {
        "topic": edition.live_topics[0] if len(edition.topics) == 1 else None,
        "editions": list(editions.cards().newest_first()[:MORE_STORIES]),
    }


def reader_notes(edition):
    """The notes to readers, newest last: [{kind, kind_text, note, at}]."""
    return [
        {
            **note,
            "kind_text": Edition.Kind(note["kind"]).label,
            "at": dt.datetime.fromisoformat(note["at"]),
        }
        for note in edition.notes
    ]
