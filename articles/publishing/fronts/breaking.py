"""The breaking banner: one line above every page, for as long as it is news."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ...desk.post import Post
from ...library.days import MomentField
from ...library.fields import LineField
from ..editions.edition import Edition, EditionQuerySet
from ..editions.live_intervals import IntervalQuerySet


class Breaking(models.Model):
    """A line of breaking news with the story it leads to, who answers for it, and its end."""

    text = LineField(_("line"), max_length=120)
    post = models.ForeignKey(
        Post, verbose_name=_("story"), on_delete=models.CASCADE, related_name="+"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who answers for it"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    live_from = MomentField(_("from"))
    live_until = MomentField(_("until"))

    objects = IntervalQuerySet.as_manager()

    class Meta:
        ordering = ["-live_from"]
        verbose_name = _("breaking banner")
        verbose_name_plural = _("breaking banners")
        indexes = [
            # Every page: what is breaking now; and the site's stamp.
            models.Index(fields=["live_from", "live_until"], name="breaking_by_start"),
            # The site's stamp: the next change by itself.
            models.Index(fields=["live_until"], name="breaking_by_end"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(live_until__gt=models.F("live_from")),
                name="breaking_interval_not_empty",
                violation_error_message=_("It would end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.text


def banners(at: dt.datetime) -> EditionQuerySet:
    """The live editions that banners lead to, newest banner first, with its `line`."""
    banner = Breaking.objects.live(at).filter(post=models.OuterRef("post")).order_by("-live_from")
    return (
        Edition.objects.live(at)
        .filter(post__in=Breaking.objects.live(at).values("post"))
        .annotate(
            line=models.Subquery(banner.values("text")[:1]),
            since=models.Subquery(banner.values("live_from")[:1]),
        )
        .order_by("-since")
    )


def breaking(at: dt.datetime) -> dict[str, str] | None:
    """The banner at a moment: {text, url, language of the story}; only while its story is live.
    One query."""
    edition = banners(at).cards("line").first()
    if edition is None:
        return None
    url = edition.get_absolute_url()
    return {"text": edition.line, "url": url, "language": edition.language}
