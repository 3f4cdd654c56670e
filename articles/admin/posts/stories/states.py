"""The states of stories, in the words of the desk, and which stories are in each."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext_lazy as _

from ....desk.embargo.embargoed import embargoed
from ....desk.legal_hold.held import on_hold
from ....desk.post import Post
from ....publishing.editions.edition import Edition

Status = Post.Status


@dataclass(frozen=True)
class State:
    """A state: its key in addresses, its name, and what filters a queryset of posts at a moment."""

    key: str
    title: Any
    filter: Any


def with_status(status):
    return lambda posts, now: posts.filter(status=status)


def scheduled(posts, now):
    coming = Edition.objects.filter(live_from__gt=now).order_by()
    return posts.filter(pk__in=coming.values("post"))


def live(posts, now):
    """What is published, but for the few stories that are to be seen for the first time: to look
    for the edition of each would take long."""
    seen = Edition.objects.live(now).filter(post=OuterRef("post")).order_by()
    first = Edition.objects.filter(~Exists(seen), live_from__gt=now).order_by()
    return posts.filter(status=Status.PUBLISHED).exclude(pk__in=first.values("post"))


def changed(posts, now):
    return live(posts.filter(version__gt=F("published_version")), now)


STATES = [
    State(Status.PLANNED, _("Planned"), with_status(Status.PLANNED)),
    State(Status.DRAFT, _("Draft"), with_status(Status.DRAFT)),
    State(Status.IN_REVIEW, _("In review"), with_status(Status.IN_REVIEW)),
    State(Status.READY, _("Ready"), with_status(Status.READY)),
    State("scheduled", _("Scheduled"), scheduled),
    State("embargoed", _("Embargoed"), lambda posts, now: posts.filter(embargoed(now))),
    State("held", _("On legal hold"), lambda posts, now: posts.filter(on_hold())),
    State("live", _("Live"), live),
    State("changed", _("Live and changed"), changed),
    State(Status.WITHDRAWN, _("Withdrawn"), with_status(Status.WITHDRAWN)),
    State(Status.KILL_ASKED, _("To be killed"), with_status(Status.KILL_ASKED)),
    State(Status.KILLED, _("Killed"), with_status(Status.KILLED)),
]
STATE_OF = {state.key: state for state in STATES}
