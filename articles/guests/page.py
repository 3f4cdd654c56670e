"""The page of a preview link, and the one in its place when it opens for nobody."""

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from ..public.pages.story.page import preview_page
from ..public.render_page import render_page
from ..publishing.preview_links.answer import Shown
from ..publishing.preview_links.open import shown_edition
from .forms import ApprovalForm, NoteForm


def guest_page(request, link, *, now, said="", sends="", sent=None, status=200):
    """What a link shows, with the forms that it allows; None if its version is gone.

    `said` tells what came of the form that `sends` names, and stands at it; `sent` is the form that
    was not taken, to be shown again.
    """
    edition = shown_edition(link, now=now)
    if edition is None:
        return None
    shown = Shown.of(link, edition)
    approvals = approvals_of(link, shown) if link.may_approve else []
    forms = forms_of(link, approvals, sent)
    context = {
        "link": link,
        "edition": edition,
        "saved_at": link.post.saved_at if edition.version == link.post.version else None,
        "signed": shown.signed(),
        "forms": forms,
        "approvals": approvals,
        "said": said,
        "said_at": said_at(sends, forms, approvals),
        "sent": sent,
        "is_wrong": status != 200,
    }
    before, after = (
        render_to_string(f"guests/{name}.html", context) for name in ("before", "after")
    )
    page = preview_page(
        request, edition, at=now, template="guests/preview.html", before=before, after=after
    )
    page.status_code = status
    return page


def forms_of(link, approvals, sent):
    """The forms that a link allows, but of an approval that is given; the one that was sent as it
    was filled in."""
    is_approved = any(approval["is_same"] for approval in approvals)
    allowed = [
        (link.may_note, NoteForm),
        (link.may_approve and not is_approved, ApprovalForm),
    ]
    return [
        sent if isinstance(sent, form) else form(initial={"name": link.for_whom})
        for is_allowed, form in allowed
        if is_allowed
    ]


def said_at(sends, forms, approvals):
    """Where what came of a form is said: at that form, at the approvals, or above the story."""
    if any(form.sends == sends for form in forms):
        return sends
    return "approvals" if approvals and sends == ApprovalForm.sends else "top"


def approvals_of(link, shown):
    """[{name, at, version, is_same}] of what was approved by a link; is_same, of what it shows."""
    return [
        {
            "name": row.name,
            "at": row.at,
            "version": row.version,
            "is_same": (row.version, row.pictures) == (shown.version, shown.pictures),
        }
        for row in link.approvals.all()
    ]


def closed_page(request, now):
    """410: it says the same whatever the reason is, and whether there ever was a link."""
    return render_page(
        request,
        "errors/page.html",
        at=now,
        status=410,
        page_title=_("This preview is not open"),
        words=_(
            "The link has ended, or is mistyped. Ask the person who sent it to you for another one."
        ),
    )
