"""The pictures without an alt text, each with a box for it, and one button that saves them all."""

from functools import partial

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ....desk.workflow import Refusal
from ....desk.write_conflicts import tried_twice
from ....library.photo import Photo
from ....library.site_language import untranslated
from ....library.whole_numbers import parse_whole_number
from ....publishing.pictures.describe import describe_picture
from ...desk_page import desk_page

PER_PAGE = 20
MOST_PAGES = 50


class AltForm(forms.ModelForm):
    """What one picture shows."""

    class Meta:
        model = Photo
        fields = ["alt", "decorative"]
        widgets = {"alt": forms.Textarea(attrs={"rows": 3})}
        labels = {"alt": gettext_lazy("Alt text"), "decorative": gettext_lazy("Decorative")}
        help_texts = {"alt": "", "decorative": ""}


def alt_page(photo_admin, request):
    """GET ?page=: a page of them. POST: saves those of `photo`, any number of keys."""
    if not photo_admin.has_change_permission(request):
        raise PermissionDenied
    lacking = Photo.objects.in_library().without_alt().newest_first()
    number = min(parse_whole_number(request.GET.get("page")) or 1, MOST_PAGES)
    page = Paginator(lacking[: PER_PAGE * MOST_PAGES], PER_PAGE).get_page(number)
    rows = [AltForm(instance=photo, prefix=f"photo-{photo.pk}") for photo in page]
    if request.method == "POST":
        rows = sent_rows(request.POST)
        if not any(row.errors for row in rows):
            save_all(photo_admin, request, [row for row in rows if row.has_changed()])
            return redirect(request.get_full_path())
    title = _("Alt texts")
    return desk_page(photo_admin, request, "photo/alt", title=title, rows=rows, page=page)


def sent_rows(data) -> list[AltForm]:
    """The forms that were sent, of pictures that are there still."""
    keys = list(filter(None, map(parse_whole_number, data.getlist("photo"))))[:PER_PAGE]
    # As the page showed them: without words.
    photos = Photo.objects.in_library().filter(pk__in=keys).newest_first()
    return [
        AltForm(data, instance=without_words(photo), prefix=f"photo-{photo.pk}") for photo in photos
    ]


def without_words(photo: Photo) -> Photo:
    photo.alt, photo.decorative = "", False
    return photo


def save_all(photo_admin, request, rows: list[AltForm]) -> None:
    """Save each by itself, and say what became of it."""
    saved = 0
    for row in rows:
        try:
            held = tried_twice(partial(save_one, photo_admin, request, row))
        except Refusal as refused:
            messages.warning(request, str(refused))
            continue
        saved += 1
        for each in held:
            messages.warning(request, str(each))
    if saved:
        said = ngettext("%d picture was described.", "%d pictures were described.", saved)
        messages.success(request, said % saved)
    elif not rows:
        messages.info(request, _("Nothing was filled in yet."))


@transaction.atomic
def save_one(photo_admin, request, row: AltForm):
    held = describe_picture(row.instance, **row.cleaned_data, by=request.user)
    names = untranslated(Photo, row.changed_data)
    photo_admin.log_change(request, row.instance, [{"changed": {"fields": names}}])
    return held
