"""What is filled when a page is made: links that follow their stories, wherever they are now."""

from django.db.models import Q

from ..desk.blocks import RelatedLink
from .edition import Edition
from .languages import in_other_languages


def fill_links(body, *, at):
    """An edition's body with its related links as readers see them at a moment, in one query.

    `body` is a list of pieces as `render.body_of` gives it. Each link becomes {label,
    label_text, headline, url, outside}; a link to a story that is not live is left out, and so is
    a box that is empty then.
    """
    stories = stories_in(body)
    return _filled(body, _live(Q(uuid__in=stories), at) if stories else [])


def fill_page(edition, body, *, at):
    """The filled body of an edition's page, and the same story in other languages.

    Both in the one query that fills the links. The second is a list of live editions, the
    original first, then by language; one for each language that is not the page's own.
    """
    wanted = Q(uuid__in=stories_in(body)) | Q(family=edition.family)
    around = _live(wanted, at)
    return _filled(body, around), in_other_languages(edition, around)


def stories_in(body):
    """The identities of the stories that a body's links name, whether they are live or not."""
    return {link["story"] for piece in body for link in piece.get("links", ()) if link["story"]}


def _live(wanted, at):
    return list(Edition.objects.live(at).filter(wanted).order_by().cards())


def _filled(body, targets):
    """A body whose links to these live editions, and to the outside, are filled."""
    targets, filled = {str(target.uuid): target for target in targets}, []
    for piece in body:
        if "links" not in piece:
            filled.append(piece)
        elif links := [_shown(link, targets) for link in piece["links"] if _leads(link, targets)]:
            filled.append({"links": links})
    return filled


def _leads(link, targets):
    return link["story"] in targets if link["story"] else bool(link["url"])


def _shown(link, targets):
    target = targets[link["story"]] if link["story"] else None
    return {
        "label": link["label"],
        "label_text": RelatedLink.Label(link["label"]).label if link["label"] else "",
        "headline": link["headline"] or (target.headline if target else link["title"]),
        "url": target.get_absolute_url() if target else link["url"],
        "outside": target is None,
    }
