"""Pictures that are in the library twice, and merging two of them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ....library.doubles import NEWEST, doubles, unlike
from ....library.photo import Photo
from ....library.site_language import in_site_language
from ....library.whole_numbers import parse_whole_number
from ....publishing.pictures.merge import CannotMerge, merge_pictures
from ....publishing.pictures.where_used import posts_with, published_with
from ...desk_page import desk_page


def doubles_page(photo_admin, request):
    """Groups of pictures that are alike."""
    if not photo_admin.has_view_permission(request):
        raise PermissionDenied
    groups = [
        {
            "photos": group,
            "same": is_one_file(group),
            "name": "-".join(str(photo.pk) for photo in group),
        }
        for group in doubles()
    ]
    return desk_page(
        photo_admin,
        request,
        "photo/doubles",
        title=_("Pictures that are here twice"),
        groups=groups,
        newest=NEWEST,
        may_merge=photo_admin.has_delete_permission(request),
    )


def merge_page(photo_admin, request):
    """?one=key&other=key: both side by side with what each is used for. POST of `stays`, one of the
    two: merges."""
    if not photo_admin.has_delete_permission(request):
        raise PermissionDenied
    data = request.POST if request.method == "POST" else request.GET
    pair = [picture_of(data.get(name, "")) for name in ("one", "other")]
    if None in pair or pair[0] == pair[1]:
        raise Http404
    refused = ""
    if request.method == "POST" and str(data.get("stays")) in {str(photo.pk) for photo in pair}:
        stays, goes = sorted(pair, key=lambda photo: str(photo.pk) != data["stays"])
        try:
            return merged(photo_admin, request, stays, goes)
        except CannotMerge as refusal:
            refused = str(refusal)
    return desk_page(
        photo_admin,
        request,
        "photo/merge",
        title=_("Merge two pictures"),
        pair=[side(photo) for photo in pair],
        same=unlike(*pair) == 0,
        refused=refused,
    )


def is_one_file(photos: list[Photo]) -> bool:
    return len({photo.content_hash for photo in photos}) == 1


def picture_of(text: str) -> Photo | None:
    key = parse_whole_number(text)
    return Photo.objects.in_library().filter(pk=key).first() if key else None


def side(photo: Photo) -> dict:
    live, before = published_with(photo, timezone.now())
    desk = posts_with(photo).count()
    return {"photo": photo, "desk": desk, "live": len(live), "before": len(before)}


def merged(photo_admin, request, stays: Photo, goes: Photo):
    filled, held = merge_and_log(photo_admin, request, stays, goes)
    names = [str(Photo._meta.get_field(name).verbose_name) for name in filled]
    messages.success(request, _("The two pictures are one now; stories on the desk show this one."))
    if names:
        messages.info(request, _("Taken from the other: %s.") % ", ".join(names))
    for sentence in held:
        messages.warning(request, sentence)
    return HttpResponseRedirect(reverse("admin:articles_photo_change", args=[stays.pk]))


@transaction.atomic
def merge_and_log(photo_admin, request, stays: Photo, goes: Photo):
    """(fields filled from the other, what was held back). Raises as `merge_pictures` does."""
    filled, held = merge_pictures(stays, goes, by=request.user)
    with in_site_language():
        said = _("Took the place of “%(name)s” (%(slug)s).") % {"name": goes, "slug": goes.slug}
        photo_admin.log_change(request, stays, said)
        photo_admin.log_change(request, goes, _("Merged with “%s”.") % stays)
    return filled, held
