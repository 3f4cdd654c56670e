"""Merging several groups of doubles at once: those that were ticked."""

from collections import Counter
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ....desk.blocks import PICTURE_MODELS
from ....desk.workflow import Refusal
from ....desk.write_conflicts import tried_twice
from ....library.photo import Photo
from ....library.whole_numbers import parse_whole_number
from ....publishing.editions.edition import Edition
from ....publishing.editions.picture_use import PictureUse
from ...desk_page import desk_page
from .merge_screen import is_one_file, merge_and_log

MOST_GROUPS = 20
MOST_PICTURES = 60


def several_page(photo_admin, request):
    """?group=1-2-3, any number of times: what each picture is used for, and which one of each group
    stays. A POST merges them; `stays-1-2-3` says which stays."""
    if not photo_admin.has_delete_permission(request):
        raise PermissionDenied
    data = request.POST if request.method == "POST" else request.GET
    groups = groups_of(data.getlist("group")[:MOST_GROUPS])
    if request.method == "POST" and groups:
        return merge_all(photo_admin, request, groups, data)
    photos = [photo for _name, group in groups for photo in group]
    desk, live = stories_with(photos)
    return desk_page(
        photo_admin,
        request,
        "photo/several",
        title=_("Merge several doubles"),
        groups=[
            {
                "name": name,
                "same": is_one_file(group),
                "sides": [(photo, desk.get(photo.pk, 0), live.get(photo.pk, 0)) for photo in group],
            }
            for name, group in groups
        ],
        leaving=len(photos) - len(groups),
    )


def groups_of(names: list[str]) -> list[tuple[str, list[Photo]]]:
    """[(name, pictures)] of groups by their names; those that are in the library still, each once,
    and at least two."""
    keys = {name: list(map(parse_whole_number, name.split("-"))) for name in names}
    wanted = [key for some in keys.values() for key in some if key][:MOST_PICTURES]
    found = Photo.objects.in_library().defer("words").in_bulk(wanted)
    groups = []
    for name, some in keys.items():
        group = [found.pop(key) for key in dict.fromkeys(some) if key in found]
        if len(group) > 1:
            groups.append((name, group))
    return groups


def stories_with(photos: list[Photo]) -> tuple[dict[int, int], dict[int, int]]:
    """How many stories on the desk have each picture, and in how many readers see it."""
    first, *rest = (
        model.objects.filter(photo__in=photos).order_by().values_list("photo", "parent")
        for model in PICTURE_MODELS
    )
    desk = Counter(photo for photo, _post in first.union(*rest))
    live = Edition.objects.live(timezone.now()).values("pk")
    uses = PictureUse.objects.filter(photo__in=photos, edition__in=live).order_by().values("photo")
    return (
        dict(desk),
        dict(uses.annotate(n=Count("edition", distinct=True)).values_list("photo", "n")),
    )


def merge_all(photo_admin, request, groups, data):
    """Merge each group into the picture that stays, each other by itself, and say what became."""
    gone = 0
    for name, group in groups:
        stays = next((p for p in group if str(p.pk) == data.get(f"stays-{name}")), group[0])
        for goes in group:
            if goes == stays:
                continue
            try:
                work = partial(merge_and_log, photo_admin, request, stays, goes)
                _filled, held = tried_twice(work)
            except Refusal as refused:
                messages.warning(request, f"“{goes}”: {refused}")
                continue
            gone += 1
            for sentence in held:
                messages.warning(request, sentence)
    if gone:
        said = ngettext(
            "%d picture gave way to another; stories on the desk show the one that stays.",
            "%d pictures gave way to others; stories on the desk show those that stay.",
            gone,
        )
        messages.success(request, said % gone)
    return redirect("admin:articles_photo_doubles")
