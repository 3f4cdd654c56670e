"""What a guest may send from the page of a preview link."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..desk.preview_links.preview_link import NAME_LENGTH
from ..library.fields import MOST_WORDS, LineFormField, TidyFormField

NAME_MISSING = {"required": _("Write your name, so that the newsroom knows who this is from.")}


class GuestForm(forms.Form):
    """A form with a name, of one of the kinds that `sends` tells apart."""

    sends = ""

    name = LineFormField(
        label=_("Your name"),
        max_length=NAME_LENGTH,
        error_messages=NAME_MISSING,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id=f"{self.sends}-%s", label_suffix="", **kwargs)


class NoteForm(GuestForm):
    sends = "note"

    text = TidyFormField(
        label=_("Your note"),
        max_length=MOST_WORDS,
        error_messages={"required": _("The note is empty. Write what the newsroom should know.")},
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    field_order = ["text", "name"]


class ApprovalForm(GuestForm):
    sends = "approval"
