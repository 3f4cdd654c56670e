"""One picture in the place of another, on the desk, of topics and of authors: which, what changes,
what came of it."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ....desk.rights.may_do import may_somewhere
from ....desk.steps_table import PUBLISH
from ....desk.workflow import Refusal
from ....desk.write_conflicts import tried_twice
from ....library.doubles import alike
from ....library.photo import Photo
from ....library.site_language import untranslated
from ....library.whole_numbers import parse_whole_number
from ....publishing.pictures.replace import MOST_AT_ONCE, changes_of, replace_picture
from ....publishing.pictures.replace_on_names import names_with, replace_on_names
from ...desk_page import desk_page
from ..photo_search import first_keys

MOST_OFFERED = 24


def replace_page(photo_admin, request, key):
    """GET: choose the other picture (?q=), then see what changes (?by=key). POST: replace."""
    old = get_object_or_404(Photo.objects.in_library(), pk=key)
    if not photo_admin.has_change_permission(request, old):
        raise PermissionDenied
    data = request.POST if request.method == "POST" else request.GET
    new = chosen(data.get("by", ""), old)
    context = {"title": _("Replace this picture"), "old": old, "new": new}
    if new is None:
        typed = request.GET.get("q", "")[:400]
        context |= {"typed": typed, "offered": offered(old, typed)}
    elif request.method == "POST":
        context["outcome"], context["on_names"] = replaced(photo_admin, old, new, request)
    changes = changes_of(old, by=request.user)
    context |= {
        "changes": changes[:MOST_AT_ONCE],
        "many": len(changes) > MOST_AT_ONCE,
        "most": MOST_AT_ONCE,
        "allowed": sum(change.allowed for change in changes[:MOST_AT_ONCE]),
        "names": links_to(names_with(old, by=request.user)),
        "may_publish": may_somewhere(request.user, PUBLISH),
    }
    return desk_page(photo_admin, request, "photo/replace", **context)


def replaced(photo_admin, old, new, request):
    """(what became of the stories, what became of topics and authors)"""
    outcome = replace_picture(
        old,
        new,
        by=request.user,
        keep_words=bool(request.POST.get("keep_words")),
        publish_again=bool(request.POST.get("publish_again")),
    )
    try:
        return outcome, tried_twice(partial(named, photo_admin, old, new, request))
    except Refusal as refusal:  # what became of the stories is to be told all the same
        messages.warning(request, str(refusal))
        return outcome, None


@transaction.atomic
def named(photo_admin, old, new, request):
    """Replace it on topics and authors too, and log it there."""
    names = replace_on_names(old, new, by=request.user)
    for row in names.allowed:
        fields = untranslated(type(row), ["picture"])
        photo_admin.log_change(request, row, [{"changed": {"fields": fields}}])
    return links_to(names)


def links_to(names):
    """{allowed, barred}: topics and authors, each with the address of its own page."""
    return {
        key: [{"row": row, "url": address_of(row), "kind": row._meta.verbose_name} for row in rows]
        for key, rows in names._asdict().items()
    }


def address_of(row):
    return reverse(f"admin:articles_{row._meta.model_name}_change", args=[row.pk])


def chosen(text: str, old: Photo) -> Photo | None:
    """The picture of a key, if it is another one of the library."""
    key = parse_whole_number(text)
    photos = Photo.objects.in_library().exclude(pk=old.pk)
    return photos.filter(pk=key).first() if key else None


def offered(old: Photo, typed: str) -> list[Photo]:
    """Pictures to choose from: those that match; without words, the likest and the newest."""
    others = Photo.objects.in_library().exclude(pk=old.pk).exclude(Q(rights_until__lt=today()))
    if typed.strip():
        keys = first_keys(others, typed, MOST_OFFERED)
        return list(others.filter(pk__in=keys).newest_first())
    near = alike(old)
    newest = others.exclude(pk__in=[photo.pk for photo in near]).newest_first()
    return [*near, *newest[: MOST_OFFERED - len(near)]]


def today():
    return timezone.localdate()
