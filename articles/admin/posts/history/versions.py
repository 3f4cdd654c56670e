"""Versions of a story that can be looked at, compared and restored: revisions, editions, and what
is on the desk now."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from ....desk.post import Post
from ....library.whole_numbers import INTEGER_DIGITS
from ....publishing.editions.document import compose, in_one_form
from ....publishing.editions.edition import Edition
from ....publishing.editions.packing import WORDS
from ....publishing.steps.checkpoint import Checkpoint
from ...fields.datetime_fields import format_moment
from ...steps.status_summary import display_name

NOW = "now"
"""The key of what is on the desk now."""

_KEY = re.compile(rf"(copy|edition)-([0-9]{{1,{INTEGER_DIGITS}}})")


@dataclass(frozen=True)
class Version:
    """A version of a post. `row` is its Checkpoint or Edition, or the Post itself."""

    post: Post
    row: Any

    @property
    def kind(self) -> str:
        """copy, edition or now, as URLs name it."""
        kinds = {Checkpoint: "copy", Edition: "edition", Post: NOW}
        return kinds[type(self.row)]

    @property
    def number(self) -> int:
        return self.row.number if self.kind == "edition" else self.row.version

    @property
    def version(self) -> int:
        return self.row.version

    @property
    def key(self) -> str:
        return NOW if self.kind == NOW else f"{self.kind}-{self.number}"

    @property
    def at(self) -> dt.datetime:
        return self.row.made_at if self.kind == "edition" else self.row.saved_at

    @property
    def who(self) -> str:
        by = self.row.made_by if self.kind == "edition" else self.row.saved_by
        return display_name(by) if by else _("a command")

    @property
    def title(self) -> str:
        """What it is, in a few words."""
        if self.kind == "edition":
            return _("Edition %s") % self.number
        if self.kind == NOW:
            return _("What is on the desk now")
        return self.row.name or _("Revision %s") % self.number

    @property
    def full_title(self) -> str:
        """What it is, when, and by whom."""
        return _("%(title)s (%(moment)s, %(name)s)") % {
            "title": self.title,
            "moment": format_moment(self.at),
            "name": self.who,
        }

    @property
    def url(self) -> str:
        """Its page, as it would look on the site."""
        if self.kind == NOW:
            return reverse("admin:articles_post_preview", args=[self.post.pk])
        return reverse(f"admin:articles_post_{self.kind}", args=[self.post.pk, self.number])

    @property
    def restore_url(self) -> str:
        """The page that asks whether to restore it; "" for what is there."""
        if self.kind == NOW:
            return ""
        return reverse("admin:articles_post_restore", args=[self.post.pk, self.kind, self.number])

    def document(self) -> dict:
        """Its document, with rich text in canonical form."""
        return compose(self.row) if self.kind == NOW else in_one_form(self.row.document)


def find_version(post: Post, key: str) -> Version:
    """The version of a post with this key. Raises Http404."""
    if key == NOW:
        return Version(post, post)
    found = _KEY.fullmatch(key)
    if not found:
        raise Http404
    if found[1] == "edition":
        rows = post.editions.select_related("made_by", "section")
        return Version(post, get_object_or_404(rows, number=int(found[2])))
    rows = post.checkpoints.select_related("saved_by")
    return Version(post, get_object_or_404(rows, version=int(found[2])))


def versions_of(post: Post, *, most: int) -> list[Version]:
    """The versions of a post, newest first and without their words, of each sort so many; what is
    on the desk now comes first unless it is kept already."""
    copies = post.checkpoints.defer("document").select_related("saved_by").order_by("-version")
    editions = post.editions.defer(*WORDS).select_related("made_by").order_by("-number")
    found = [Version(post, row) for rows in (copies, editions) for row in rows[:most]]
    if post.version not in {version.version for version in found}:
        found.append(Version(post, post))
    return sorted(found, key=lambda each: (each.at, each.version, each.number), reverse=True)
