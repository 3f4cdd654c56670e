"""The forms on the page of a step, besides MomentForm."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...library.fields import TidyFormField
from ...publishing.steps.posted_on import Meant


class NoteForm(forms.Form):
    """A note to colleagues, kept in the log."""

    note = TidyFormField(
        label=gettext_lazy("Note to colleagues"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, required, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["note"].required = required
        self.fields["note"].error_messages["required"] = _(
            "Say in a note why, so that your colleague knows what to do."
        )


class MeantForm(forms.Form):
    """What is meant by a “posted on” in the future."""

    meant = forms.ChoiceField(choices=Meant, widget=forms.RadioSelect, label="")
    meant.error_messages["required"] = gettext_lazy("Choose one of the two.")
