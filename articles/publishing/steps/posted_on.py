"""A “posted on” in the future: the editor has to say whether to wait until then."""

from datetime import datetime

from django.db import models
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...desk.post import Post
from ...desk.workflow import Refusal
from ...library.date_formats import format_moment


class Meant(models.TextChoices):
    """What an editor meant by a “posted on” in the future: wait until then, or publish now."""

    WAIT = "wait", gettext_lazy("Schedule it for the moment that “posted on” says")
    NOW = "now", gettext_lazy("Publish it now: “posted on” will say when readers first see it")


class PostedLater(Refusal):
    """A story would stand above all others until the day that its “posted on” names."""

    def __init__(self, posted_on: datetime) -> None:
        super().__init__(
            _("“Posted on” says %s, which is later. Schedule it for then, or publish it now.")
            % format_moment(posted_on)
        )


def is_posted_later(post: Post, at: datetime) -> bool:
    """Whether somebody gave the post a “posted on” later than the moment at which it is shown;
    not what a schedule wrote there."""
    if not post.published_at or post.published_at <= at:
        return False
    scheduled = post.editions.filter(published_at=F("live_from"), live_from=post.published_at)
    return not scheduled.exists()


def moment_meant(post: Post, at: datetime, meant: str | None) -> datetime:
    """The moment at which to show a post (not saved here). Raises PostedLater if nobody said."""
    if post.published_at is None or not is_posted_later(post, at):
        return at
    if meant == Meant.WAIT:
        return post.published_at
    if meant != Meant.NOW:
        raise PostedLater(post.published_at)
    post.published_at = None
    return at
