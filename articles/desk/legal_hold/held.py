"""Whether a story is on legal hold."""

from django.db.models import Q
from django.utils.translation import gettext as _

from ...library.date_formats import format_moment
from ..post import Post

PLACE_HOLD, LIFT_HOLD = "articles.place_hold", "articles.lift_hold"


def is_on_hold(post: Post) -> bool:
    """Whether no words of a story may go out until its hold is lifted."""
    return post.held_at is not None


def on_hold(of: str = "") -> Q:
    """The same for a query of posts, or of rows that name one: `of` is then "post__"."""
    return Q(**{f"{of}held_at__isnull": False})


def hold_refusals(post: Post) -> list[str]:
    """Why the hold keeps words from readers: a list with at most one sentence."""
    return [hold_sentence(post)] if is_on_hold(post) else []


def hold_sentence(post: Post) -> str:
    """“On legal hold since 14 December 2016, 18:00: the court has not decided.”"""
    since = format_moment(post.held_at) if post.held_at else ""
    words = {"moment": since, "reason": post.hold_reason}
    return _("On legal hold since %(moment)s: %(reason)s") % words
