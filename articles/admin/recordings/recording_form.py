"""The forms of a film or sound: its file alone, and then its words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ...library.recording import Recording
from ...library.recordings.captions import read_captions
from ...library.recordings.kinds import MEDIA_TYPES

ACCEPTED = ",".join(kind for suffix, kind in MEDIA_TYPES.items() if suffix != "vtt")


class UploadForm(forms.Form):
    """A film or sound that is sent."""

    file = forms.FileField(
        label=_("Film or sound"), widget=forms.FileInput(attrs={"accept": ACCEPTED})
    )


class RecordingForm(forms.ModelForm):
    """What is said of a film or sound; captions come as a file, or are typed."""

    captions_file = forms.FileField(
        label=_("Captions from a file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".vtt,text/vtt"}),
        help_text=_("WebVTT (.vtt). It replaces the captions below."),
    )

    class Meta:
        model = Recording
        fields = ["title", "caption", "credit", "poster", "captions", "no_speech", "transcript"]
        widgets = {
            "caption": forms.Textarea(attrs={"rows": 3}),
            "captions": forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
            "transcript": forms.Textarea(attrs={"rows": 12}),
        }

    def clean(self):
        cleaned = super().clean()
        if file := cleaned.get("captions_file"):
            try:
                cleaned["captions"] = read_captions(file)
            except forms.ValidationError as refused:
                self.add_error("captions_file", refused)
        if cleaned.get("captions") and cleaned.get("no_speech"):
            self.add_error("no_speech", _("Somebody speaks: there are captions. Untick this."))
        return cleaned
