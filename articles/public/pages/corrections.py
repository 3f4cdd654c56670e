"""The corrections page."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from ...publishing.editions.edition import Edition
from ..lists.keyset import keyset_page
from ..lists.languages import requested_language
from ..moment import moment_of
from ..public_view import public_view
from ..render_page import render_page


@dataclass(frozen=True)
class Correction:
    """A correction, clarification, apology or retraction, with the live edition of its story;
    `number` is that of the edition that made it."""

    number: int
    kind: str
    kind_text: str
    note: str
    at: dt.datetime
    edition: Edition


@public_view
def corrections(request):
    """Corrections, clarifications, apologies and retractions of stories that are live."""
    at = moment_of(request)
    lang = requested_language(request, at)
    changes = lang.of(corrected(at), at=at)
    page = keyset_page(request, changes, moment="live_from", query=lang.pairs)
    return render_page(
        request,
        "pages/corrections.html",
        at=at,
        page_title=_("Corrections"),
        description=_("What we got wrong, and put right. Each story says so too, on its own page."),
        corrections=with_stories_now(page.editions, at=at),
        feed="corrections_feed",
        pager=page,
        lang=lang,
    )


def corrected(at):
    """The correcting editions of stories that are live."""
    story = Edition.objects.live(at).filter(post=OuterRef("post")).order_by()
    return (
        Edition.objects.corrections()
        .filter(Exists(story), live_from__lte=at)
        .only("post_id", "number", "kind", "notes", "live_from")
    )


def with_stories_now(editions, *, at):
    """Each correction with the live edition of its story, for its current headline and URL."""
    posts = {edition.post_id for edition in editions}
    live = Edition.objects.live(at).filter(post__in=posts).cards().order_by("pk")
    stories = {edition.post_id: edition for edition in live}
    return [
        Correction(
            number=edition.number,
            kind=edition.kind,
            kind_text=edition.get_kind_display(),
            note=own_note(edition),
            at=edition.live_from,
            edition=stories[edition.post_id],
        )
        for edition in editions
        if edition.post_id in stories
    ]


def own_note(edition):
    """The note that an edition added: its last one, unless that repeats an earlier edition's."""
    if not edition.notes:
        return ""
    last = edition.notes[-1]
    return last["note"] if dt.datetime.fromisoformat(last["at"]) == edition.live_from else ""
