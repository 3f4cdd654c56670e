"""The form of a new preview link."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ...desk.preview_links.preview_link import NAME_LENGTH
from ...library.fields import LineFormField
from ...publishing.preview_links.make import MOST_DAYS, USUAL_DAYS

DAYS = [
    (1, _("In a day")),
    (USUAL_DAYS, _("In a week")),
    (30, _("In 30 days")),
    (MOST_DAYS, _("In 90 days")),
]


class ShareForm(forms.Form):
    """For whom a link is, what it shows, what may be answered, and when it ends."""

    for_whom = LineFormField(
        label=_("For whom"),
        required=False,
        max_length=NAME_LENGTH,
        help_text=_("A name, so that you know later whose link it is."),
    )
    days = forms.TypedChoiceField(
        label=_("The link ends"), choices=DAYS, initial=USUAL_DAYS, coerce=int
    )
    this_version = forms.TypedChoiceField(
        label=_("It shows"),
        choices=[
            ("", _("the story as it is saved last, whenever it is opened")),
            ("1", _("this version, whatever is changed later")),
        ],
        required=False,
        coerce=bool,
        empty_value=False,
        widget=forms.RadioSelect,
    )
    may_note = forms.BooleanField(
        label=_("Who opens it may leave a note"), required=False, initial=True
    )
    may_approve = forms.BooleanField(
        label=_("Who opens it may approve the version"), required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="share-%s", label_suffix="", **kwargs)
