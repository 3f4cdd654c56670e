"""Taking what a guest sends from the page of a preview link."""

from django.utils.translation import gettext as _

from ..desk.workflow import Refusal
from ..publishing.preview_links.answer import (
    Closed,
    TooMany,
    approve_by_link,
    note_by_link,
    shown_in,
)
from ..publishing.preview_links.open import open_link
from .forms import ApprovalForm, NoteForm
from .page import guest_page

FORMS = {form.sends: form for form in (NoteForm, ApprovalForm)}


def answered(request, token, now):
    """The page, with what came of the form that was sent. Raises Closed."""
    link = open_link(token, now=now)
    if link is None:
        raise Closed
    said, status, form = take(request, token, link, now)
    sends = request.POST.get("sends", "")
    page = guest_page(request, link, now=now, said=said, sends=sends, sent=form, status=status)
    if page is None:
        raise Closed
    return page


def take(request, token, link, now):
    """(what to say, the status of the answer, the form if it is to be shown again)"""
    sends, shown = FORMS.get(request.POST.get("sends")), None
    if sends:
        shown = shown_in(request.POST.get("shown", ""), link)
    if shown is None:
        return _("Nothing was sent: this page was not the newest. Please try again."), 400, None
    form = sends(request.POST)
    if not form.is_valid():
        return "", 400, form
    name = form.cleaned_data["name"]
    try:
        if sends is ApprovalForm:
            approve_by_link(token, shown, name=name, now=now)
            said = _("Thank you. The newsroom is told that you approve version %s.")
            return said % shown.version, 200, None
        note_by_link(token, form.cleaned_data["text"], name=name, now=now)
        return _("Thank you. Your note has reached the newsroom."), 200, None
    except TooMany as refusal:
        return str(refusal), 429, form
    except Refusal as refusal:
        return str(refusal), 400, form
