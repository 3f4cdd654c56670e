"""The same story in several languages."""

from collections import defaultdict

from django.db.models import Exists, OuterRef

from .edition import Edition


def told_in_several(editions, *, at):
    """Of some live editions those that are told in several languages: {family: [live editions]}.

    In one query, which reads what an address needs and nothing more.
    """
    live = Edition.objects.live(at).order_by()
    others = live.filter(family=OuterRef("family")).exclude(post=OuterRef("post"))
    rows = live.filter(Exists(others), family__in=editions.order_by().values("family"))
    families = defaultdict(list)
    for edition in rows.only("post", "uuid", "family", "language", "posted_on", "slug"):
        families[edition.family].append(edition)
    return dict(families)


def in_other_languages(edition, around):
    """Those around an edition that tell its story in another language, each language once."""
    family = [
        other
        for other in around
        if other.family == edition.family and other.post_id != edition.post_id
    ]
    family.sort(key=lambda other: (not other.is_original, other.language, other.post_id))
    spoken, others = {edition.language}, []
    for other in family:
        if other.language not in spoken:
            spoken.add(other.language)
            others.append(other)
    return others
