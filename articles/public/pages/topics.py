"""The page of a topic."""

from django.db.models import Count, F, OuterRef, Subquery
from django.utils import timezone

from ...library.topic import Topic
from ...publishing.editions.edition import Edition
from ...publishing.editions.listing import TopicListing
from ...publishing.fronts.topic_pin import TopicPin
from ...publishing.surrogate_keys import topic_key
from ..lists.keyset import CURSORS, page_of
from ..lists.languages import refuse_empty, told_in
from ..lists.topics import with_stories
from ..public_view import public_view
from ..render_page import show
from .renamed import lead_on

PINS, RELATED, LOOKED_AT = 4, 8, 50
"""How many pinned stories and related topics a topic shows, and over how many of its stories."""


@public_view
def topic(request, slug):
    """A topic's stories; another name, or a former address, leads here.

    A topic without a live story is not there: its name may belong to a draft.
    """
    at = timezone.now()
    shown = Topic.objects.filter(slug=slug).select_related("picture").first()
    if shown is None:
        return lead_on(request, with_stories(at), slug)
    lines, told = TopicListing.objects.live(at).filter(topic=shown), told_in(request, at)
    page = page_of(request, told.of(lines, at=at, edition="edition__").cards(), query=told.pairs)
    if not page.editions:
        refuse_empty(request, lines, told, at=at)
    first = not any(request.GET.get(name) for name in CURSORS)
    pinned = pinned_to(shown, told, at=at) if first else []
    above = {edition.family for edition in pinned}
    page.editions = [each for each in page.editions if each.family not in above]
    picture = shown.picture.as_picture() if first and shown.picture else None
    return show(
        request,
        "pages/topic.html",
        at=at,
        keys=[topic_key(shown.pk)],
        page_title=shown.name,
        topic=shown,
        picture=picture,
        pinned=pinned,
        lead=None if picture or pinned or not first else lead_of(page),
        page=page,
        related=related_to(shown, told, at=at) if first else [],
        told=told,
    )


def pinned_to(topic, told, *, at):
    """The live stories that editors pinned to a topic, in their order; on the site's own page in
    any language."""
    pins = TopicPin.objects.filter(topic=topic)
    position = pins.filter(post=OuterRef("post")).order_by().values("position")[:1]
    editions = Edition.objects.live(at).filter(post__in=pins.order_by().values("post"))
    editions = told.of(editions, at=at) if told.language else editions
    placed = editions.annotate(position=Subquery(position)).cards()
    return list(placed.order_by("position", "-published_at", "-post_id")[:PINS])


def lead_of(page):
    """The newest story, taken from its page to lead it, when it has a picture; or None."""
    pictured = page.editions and page.editions[0].picture
    return page.editions.pop(0) if pictured else None


def related_to(topic, told, *, at):
    """The topics that a topic's newest stories are on too, the most frequent first."""
    lines = TopicListing.objects.live(at).filter(topic=topic)
    newest = told.of(lines, at=at, edition="edition__").newest_first()
    return list(frequent(newest.values("edition")[:LOOKED_AT]).exclude(topic=topic)[:RELATED])


def frequent(editions):
    """The topics of some live editions (a bounded subquery), the most frequent first."""
    return (
        TopicListing.objects.filter(edition__in=editions)
        .order_by()
        .values(name=F("topic__name"), slug=F("topic__slug"))
        .annotate(shared=Count("pk"))
        .order_by("-shared", "name", "slug")
    )
