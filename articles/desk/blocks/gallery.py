"""Gallery: pictures in a series, shown together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ...library.fields import LineField
from .base import Block
from .caption import IN_GALLERY, Caption

LEAST, MOST = 2, 100
"""Pictures of a gallery."""


class Gallery(Block):
    """The title of a series of pictures. These are captions of their own, which stand behind it in
    the region IN_GALLERY; `hold_pictures` puts them into `pictures`."""

    kind = "gallery"
    node = {"title": "title"}

    title = LineField(_("title"), max_length=200, blank=True)

    pictures: Sequence[Caption] = ()

    class Meta(Block.Meta):
        verbose_name = _("gallery")
        verbose_name_plural = _("galleries")

    def summary(self) -> str:
        return self.title or next((each.summary() for each in self.pictures), "")

    def as_data(self) -> dict[str, Any]:
        return {"title": self.title, "pictures": [each.as_data() for each in self.pictures]}

    @classmethod
    def attrs_of(cls, data: dict[str, Any]) -> dict[str, Any]:
        pictures = [Caption.attrs_of(each) for each in data["pictures"]]
        return {"title": data["title"], "pictures": pictures}

    def shortcomings(self, on: dt.date | None = None) -> list[str]:
        """What its pictures lack is said of each of them."""
        count = len(self.pictures)
        if count < LEAST:
            return [gettext("A gallery has at least two pictures. Use a picture alone instead.")]
        if count > MOST:
            too_many = ngettext(
                "A gallery has at most %(most)s pictures; this one has %(count)s.",
                "A gallery has at most %(most)s pictures; this one has %(count)s.",
                count,
            )
            return [too_many % {"most": MOST, "count": count}]
        return []


def hold_pictures(blocks: Iterable[Block]) -> list[Block]:
    """The blocks of a story's body in their order, without those pictures that its galleries hold
    now."""
    found: list[Block] = []
    gallery = None
    for block in blocks:
        if gallery and block.region == IN_GALLERY and isinstance(block, Caption):
            gallery.pictures = [*gallery.pictures, block]
            continue
        gallery = block if isinstance(block, Gallery) else None
        if gallery:
            gallery.pictures = ()
        found.append(block)
    return found
