"""Preview links as the desk shows them."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from ...desk.preview_links.preview_link import PreviewLink
from ...desk.preview_links.rules import closed_because, may_handle
from ...desk.rights.of_many import RightsOfMany
from ...publishing.urls import absolute

MOST_SHOWN = 50
"""Links of a story in its list: the newest."""


@dataclass(frozen=True)
class LinkRow:
    """A link: why it is closed ("" if it opens), its address for whoever may see it, when and in
    which browsers it was opened last [(moment, browser)], and what was approved by it."""

    link: PreviewLink
    closed: str
    url: str
    openings: list
    approvals: list
    may_revoke: bool


def link_rows(request, post, now):
    """The links of a story, newest first, in a constant number of queries."""
    links = list(
        post.preview_links.newest_first()
        .select_related("made_by", "revoked_by")
        .prefetch_related("approvals")[:MOST_SHOWN]
    )
    rights = RightsOfMany({link.made_by_id for link in links if link.made_by_id})
    for link in links:
        link.post = post
    return [link_row(request, link, now, rights) for link in links]


def link_row(request, link, now, rights):
    is_mine = may_handle(link, request.user)
    closed = closed_because(link, now, holds=rights.may_do)
    return LinkRow(
        link=link,
        closed=closed,
        url=address_of(link, request) if is_mine and not closed else "",
        openings=[(dt.datetime.fromisoformat(at), said) for at, said in link.last_openings],
        approvals=list(link.approvals.all()),
        may_revoke=is_mine and link.revoked_at is None and link.ends_at > now,
    )


def address_of(link, request):
    return absolute(reverse("shared_preview", args=[link.token]), request)
