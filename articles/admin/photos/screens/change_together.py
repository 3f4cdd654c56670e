"""Words and rights for several pictures of the library at once: what they have now, what they are
to have, and a line for each that says what became of it."""

from functools import partial

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ....desk.workflow import Refusal
from ....desk.write_conflicts import tried_twice
from ....library.date_formats import format_day
from ....library.photo import Photo
from ....library.site_language import untranslated
from ....library.whole_numbers import parse_whole_number
from ....publishing.pictures.change_together import change_picture
from ...desk_page import desk_page
from ...steps.hold_messages import warn_rights_end
from ..tell_stories import warn_kept_from_others
from .upload_many import CommonForm

MOST_AT_ONCE = 100
MOST_SAID = 3
"""Values that a field has now which are named."""


class TogetherForm(CommonForm):
    """What is to be the same in all of them; an empty field leaves each as it is."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        licences = self.fields["licence"].choices
        self.fields["licence"].choices = [("", _("Leave it as it is")), *licences[1:]]


def change_together_page(photo_admin, request):
    """?photo=key, any number of times: the form. POST: changes each picture."""
    if not photo_admin.has_change_permission(request):
        raise PermissionDenied
    is_sent = request.method == "POST"
    photos = chosen(request.POST if is_sent else request.GET)
    form = TogetherForm(request.POST if is_sent else None)
    lines = []
    if is_sent and form.is_valid() and not form.given:
        form.add_error(None, _("Fill in at least one field."))
    if is_sent and form.is_valid() and photos:
        replace = "replace" in request.POST
        lines = [line_of(photo, form.given, replace, request, photo_admin) for photo in photos]
    return desk_page(
        photo_admin,
        request,
        "photo/together",
        title=_("Words and rights of several pictures"),
        photos=photos,
        fields=[(field, said_now(field.name, photos)) for field in form],
        form=form,
        lines=lines,
    )


def chosen(data) -> list[Photo]:
    """The pictures that were ticked, in that order."""
    keys = dict.fromkeys(filter(None, map(parse_whole_number, data.getlist("photo"))))
    found = Photo.objects.in_library().in_bulk([*keys][:MOST_AT_ONCE])
    return [found[key] for key in keys if key in found]


def said_now(name: str, photos: list[Photo]) -> str:
    """What the pictures have in a field now, in words; "" when none has anything."""
    values = [in_words(name, value) for photo in photos if (value := getattr(photo, name))]
    if not values:
        return ""
    several = list(dict.fromkeys(values))
    words = " · ".join(value[:80] for value in several[:MOST_SAID])
    words = _("%s and others") % words if len(several) > MOST_SAID else words
    counts = {"some": len(values), "all": len(photos), "words": words}
    return _("Now in %(some)d of %(all)d: %(words)s") % counts


def in_words(name: str, value) -> str:
    """What stands in a field as it is said to people."""
    if name == "licence":
        return str(Photo.Licence(value).label)
    if name == "rights_until":
        return format_day(value)
    return _("Yes") if value is True else str(value)


def line_of(photo, given, replace, request, photo_admin) -> dict:
    """What became of one picture: {photo, filled, replaced, kept, errors}."""
    try:
        change = partial(change_one, photo, given, replace, request, photo_admin)
        changed = tried_twice(change)
    except (ValidationError, Refusal, PermissionDenied) as refused:
        return {"photo": photo, "errors": getattr(refused, "messages", None) or [str(refused)]}
    if "rights_until" in changed.names:
        warn_rights_end(request, changed.photo)
    if "not_for_others" in changed.names:
        warn_kept_from_others(request, changed.photo)
    return {
        "photo": changed.photo,
        "filled": list(map(label, changed.filled)),
        "replaced": [(label(name), in_words(name, was)) for name, was in changed.replaced.items()],
        "kept": [(label(name), in_words(name, was)) for name, was in changed.kept.items()],
        "held": changed.held,
    }


@transaction.atomic
def change_one(photo, given, replace, request, photo_admin):
    """Change a picture and log it. Raises what `change_picture` does."""
    changed = change_picture(photo, given, by=request.user, replace=replace)
    if changed.names:
        said = [{"changed": {"fields": untranslated(Photo, changed.names)}}]
        photo_admin.log_change(request, changed.photo, said)
    return changed


def label(name: str) -> str:
    return str(Photo._meta.get_field(name).verbose_name)
