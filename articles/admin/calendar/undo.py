"""Undoing a move in the calendar: the sentence that tells of it has a button."""

from django.contrib import messages
from django.core import signing
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ...desk.post import Post
from ...desk.workflow import Refusal
from ...library.section import Section
from ...publishing.dates import day_of
from ..time_machine.moments import read_moment, write_moment
from .address import read_address
from .moving import Standing, move, moved_sentence, refuse_strangers

SALT = "calendar-move"


def say_moved(request, post, seen, to, address):
    """Tell that a story, which stood in the calendar as it was seen, stands at a moment now."""
    kind = "due" if seen.kind == "undated" else seen.kind
    context = {
        "said": moved_sentence(post, seen, to),
        "post": post,
        "address": address,
        "day": day_of(to),
        "move": signing.dumps([post.pk, kind, write_moment(to), seen.was], salt=SALT),
    }
    messages.success(request, render_to_string("admin/calendar/moved.html", context, request))


@require_http_methods(["GET", "HEAD", "POST"])
def undo_move(request, key, *, site):
    """Put a story back to where it stood before it was moved; a GET leads to the calendar."""
    refuse_strangers(request.user)
    if request.method != "POST":
        return redirect("admin:calendar")
    try:
        moved, kind, here, before = signing.loads(request.POST.get("move", ""), salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        raise BadRequest from None
    post = Post.objects.select_related("section", "plan").filter(pk=key).first()
    if post is None or moved != key:
        raise Http404
    now, seen = timezone.now(), Standing(kind, read_moment(here))
    before = read_moment(before)
    try:
        move(post, seen, to=before, by=request.user, now=now, is_undo=True)
    except (Refusal, PermissionDenied) as refused:
        messages.error(request, str(refused))
        before = seen.moment
    else:
        messages.success(request, moved_sentence(post, seen, before))
    address = read_address(request.POST, list(Section.objects.all()), now=now)
    there = address.to(day=day_of(before)) if before else address.url
    return redirect(f"{there}#{seen.mark}-{post.pk}")
