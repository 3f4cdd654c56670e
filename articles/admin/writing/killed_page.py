"""What stands in place of the writing screen of a killed story: nothing is left to write in."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ...desk.steps_table import STEPS
from ...desk.transition import Transition
from ...publishing.endings.tombstone import Tombstone
from ...publishing.kill.kill_request import KillRequest
from ..desk_page import desk_page
from ..steps.status_summary import who_and_when

OPEN_SEALED = Transition.Action.OPEN_SEALED


def killed_page(admin, request, post):
    """Who killed a story, when and why, what readers are told, and the way to the sealed words for
    those who may open them."""
    asked = post.kill_requests.select_related("by", "answered_by").order_by("-at", "-pk").first()
    may_open = STEPS[OPEN_SEALED].is_for(request.user, post)
    step = reverse("admin:articles_post_step", args=[post.pk, OPEN_SEALED])
    return desk_page(
        admin,
        request,
        "post/killed",
        title=_("Killed story"),
        post=post,
        asked=asked,
        sentences=sentences_of(asked) if asked else [],
        tombstone=Tombstone.objects.filter(post=post).first(),
        sealed_url=step if may_open else "",
        state={"user": request.user.pk, "post": post.pk},
        is_nav_sidebar_enabled=False,
    )


def sentences_of(asked: KillRequest) -> list[str]:
    """Who asked for the kill, and who confirmed it."""
    said = [_("%(name)s asked for it %(moment)s.") % who_and_when(asked.by, asked.at)]
    if asked.answered_at:
        confirmed = who_and_when(asked.answered_by, asked.answered_at)
        said.append(_("%(name)s confirmed it %(moment)s.") % confirmed)
    return said
