"""Who may share a preview, and when a link opens for nobody. Both are asked anew each time."""

import datetime as dt
from collections.abc import Callable

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from ..embargo.embargoed import BREAK_EMBARGO, embargo_sentence, is_embargoed
from ..killed import is_killed
from ..post import Post
from ..rights.may_do import may_do
from ..rights.who_may import names_of_who_may
from ..workflow import may_change
from .preview_link import PreviewLink

SHARE = "articles.share_preview"

Holds = Callable[[User, str, Post], bool]


def may_share(post: Post, user: User) -> bool:
    """Whether somebody may show a story to people outside: one that they may change."""
    return may_do(user, SHARE, post) and may_change(post, user)


def may_handle(link: PreviewLink, user: User) -> bool:
    """Whether somebody may see the address of a link, and revoke it."""
    is_own = link.made_by_id == user.pk and may_do(user, SHARE, link.post)
    return is_own or may_share(link.post, user)


def closed_story(post: Post, maker: User, at: dt.datetime, *, holds: Holds = may_do) -> str:
    """Why no link of this person shows a story, in a sentence for the desk, or ""."""
    if is_killed(post):
        return _("The story was killed.")
    if is_embargoed(post, at) and not holds(maker, BREAK_EMBARGO, post):
        return embargo_sentence(post)
    return ""


def refusal_to_share(post: Post, user: User, at: dt.datetime) -> str:
    """Why somebody can share no preview of a story, and who can, in sentences; or ""."""
    reason = closed_story(post, user, at)
    if not reason or is_killed(post):
        return reason and reason + " " + _("No preview can be shared.")
    names = ", ".join(names_of_who_may(BREAK_EMBARGO, post))
    if not names:
        return reason + " " + _("Nobody may break the embargo, so no preview can be shared.")
    said = _("Until then only those who may break the embargo can share a preview: %s.")
    return reason + " " + said % names


def closed_because(link: PreviewLink, at: dt.datetime, *, holds: Holds = may_do) -> str:
    """Why a link opens for nobody at a moment, in a sentence for the desk, or "".

    Outside nobody learns which it is. A maker whose story has moved on, to review or to the site,
    need not be able to change it any more. `holds` is asked for its rights (see `may_do`).
    """
    maker = link.made_by
    if link.revoked_at:
        return _("Revoked.")
    if link.ends_at <= at:
        return _("Ended.")
    if maker is None or not (maker.is_active and maker.is_staff):
        return _("The account of its maker is closed.")
    if not holds(maker, SHARE, link.post):
        return _("Its maker may share no previews of this story any more.")
    return closed_story(link.post, maker, at, holds=holds)
