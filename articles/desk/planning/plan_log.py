"""The log of plans: lines in the history of their stories, and in the log of who did what."""

from collections.abc import Collection

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User

from ..audit_log.log import log_actions
from ..audit_log.verbs import Verb
from ..post import Post


def log_plans(posts: Collection[Post], message: str, *, by: User | None) -> None:
    """Log what somebody did to some plans, in the transaction that does it. The history of a story
    has no line for a command's work: there a line has a person."""
    log_actions(Verb.CHANGE, posts, by=by, note=message)
    if by is not None and posts:
        LogEntry.objects.log_actions(by.pk, posts, CHANGE, message)
