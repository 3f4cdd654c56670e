"""Related links, filled when a page is made: a link follows its story, wherever it is now."""

from ..desk.blocks import RelatedLink
from .edition import Edition


def fill_links(body, *, at):
    """An edition's body with its related links as readers see them at a moment, in one query.

    `body` is a list of pieces as `render.body_of` gives it. Each link becomes {label,
    label_text, headline, url, outside}; a link to a story that is not live is left out, and so is
    a box that is empty then.
    """
    targets = _live_targets(body, at)
    filled = []
    for piece in body:
        if "links" not in piece:
            filled.append(piece)
        elif links := [_shown(link, targets) for link in piece["links"] if _leads(link, targets)]:
            filled.append({"links": links})
    return filled


def _live_targets(body, at):
    """The live editions of the stories that a body's links name, by the stories' identities."""
    stories = {link["story"] for piece in body for link in piece.get("links", ()) if link["story"]}
    if not stories:
        return {}
    editions = Edition.objects.live(at).filter(uuid__in=stories).order_by().cards()
    return {str(edition.uuid): edition for edition in editions}


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
