"""The photo's form: the file is examined before anything is stored."""

from collections.abc import Sequence
from pathlib import PurePath

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...library.naming.slugs import free_slug
from ...library.photo import Photo
from ...library.uploads.examine import examine
from ..fields.datetime_fields import DateTimeLocalField


class PhotoForm(forms.ModelForm):
    """A photo. `upload` is what reading the file, before the form, came to; `picture` is
    what `examine` made of a new file, and `filled` the fields that it filled when it was stored."""

    upload = None
    filled: Sequence[str] = ()

    same_again = forms.BooleanField(
        label=_("Add it although it is in the library already"), required=False
    )

    taken_at = DateTimeLocalField(required=False)
    rights_until = forms.DateField(
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    # Which file the page showed: a colleague may replace it meanwhile.
    which_file = forms.CharField(label=_("Picture file"), required=False, widget=forms.HiddenInput)

    class Meta:
        model = Photo
        fields = [
            "file",
            "focus_x",
            "focus_y",
            "caption",
            "credit",
            "copyright",
            "agency",
            "alt",
            "decorative",
            "keywords",
            "licence",
            "territory",
            "not_for_others",
            "rights_note",
            "rights_until",
            "taken_at",
        ]
        widgets = {
            "file": forms.FileInput(
                attrs={"accept": "image/jpeg,image/png,image/webp,image/gif,image/tiff"}
            ),
            "caption": forms.Textarea(attrs={"rows": 3}),
            "alt": forms.Textarea(attrs={"rows": 3}),
            "keywords": forms.Textarea(attrs={"rows": 2}),
            "rights_note": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        photo = self.instance
        for name in {"taken_at", "rights_until"} & set(self.fields):
            self.fields[name].label = capfirst(Photo._meta.get_field(name).verbose_name)
        if photo.pk:
            size, mark = f"{photo.width} x {photo.height}", photo.content_hash[:12]
            self.initial["which_file"] = f"{size} ({mark})"

    def clean_file(self):
        file = self.cleaned_data["file"]
        if self.upload and self.upload.refusal:
            raise self.upload.refusal
        if isinstance(file, UploadedFile):
            picture = self.upload and self.upload.picture
            self.picture = picture or examine(file, self.instance)
        return file

    def clean(self):
        cleaned = super().clean()
        if getattr(self, "picture", None) and not cleaned.get("same_again"):
            known = Photo.objects.filter(content_hash=self.picture.content_hash)
            if known := known.exclude(pk=self.instance.pk).first():
                url = reverse("admin:articles_photo_change", args=[known.pk])
                message = gettext("This picture is in the library already:")
                link = format_html('{} <a href="{}">{}</a>', message, url, known)
                self.add_error("file", ValidationError(link, code="known"))
        return cleaned


def photo_slug(text):
    """A slug made of a text, or of a file's name, that no photo has."""
    stem = PurePath(text).stem if "." in text[-5:-2] else text
    return free_slug(
        slugify(stem) or "photo", lambda slug: Photo.objects.filter(slug=slug).exists(), 78
    )
