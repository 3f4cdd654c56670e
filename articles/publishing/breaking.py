"""The breaking banner: one line above every page, for as long as it is news."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..desk.post import Post
from .edition import Edition
from .intervals import IntervalQuerySet


class Breaking(models.Model):
    """A line of breaking news with the story it leads to, who answers for it, and its end."""

    text = models.CharField(_("line"), max_length=120)
    post = models.ForeignKey(
        Post, verbose_name=_("story"), on_delete=models.CASCADE, related_name="+"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who answers for it"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    live_from = models.DateTimeField(_("from"))
    live_until = models.DateTimeField(_("until"))

    objects = IntervalQuerySet.as_manager()

    class Meta:
        ordering = ["-live_from"]
        verbose_name = _("breaking banner")
        verbose_name_plural = _("breaking banners")
        indexes = [
            # Every page: what is breaking now; and the site's version.
            models.Index(fields=["live_from", "live_until"], name="breaking_by_start"),
            # The site's version: the next change by itself.
            models.Index(fields=["live_until"], name="breaking_by_end"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(live_until__gt=models.F("live_from")),
                name="breaking_interval_not_empty",
                violation_error_message=_("It would end before it begins."),
            ),
        ]

    def __str__(self):
        return self.text


def breaking(at):
    """The banner at a moment: {text, url}, or None; only while its story is live. One query."""
    banner = Breaking.objects.live(at).filter(post=models.OuterRef("post")).order_by("-live_from")
    edition = (
        Edition.objects.live(at)
        .filter(post__in=Breaking.objects.live(at).values("post"))
        .annotate(
            line=models.Subquery(banner.values("text")[:1]),
            since=models.Subquery(banner.values("live_from")[:1]),
        )
        .cards()
        .order_by("-since")
        .first()
    )
    return {"text": edition.line, "url": edition.get_absolute_url()} if edition else None


@transaction.atomic
def put_up(banner, *, by, now):
    """Show a new banner from now on, or change one that has not ended; who made it answers for it.

    Raises PermissionDenied for whose role has no banners.
    """
    _refuse(by, "change" if banner.pk else "add")
    if not banner.pk:
        banner.owner, banner.live_from = by, now
    banner.save()
    _count_change()


@transaction.atomic
def take_down(banner, *, by, now):
    """End a banner now. Returns whether it was still up. Raises PermissionDenied as put_up."""
    _refuse(by, "change")
    ended = Breaking.objects.filter(pk=banner.pk, live_from__lt=now, live_until__gt=now)
    if not ended.update(live_until=now):
        return False
    _count_change()
    return True


def _refuse(user, verb):
    if not user.has_perm(f"articles.{verb}_breaking"):
        raise PermissionDenied(gettext("Your role does not put up breaking news."))


def _count_change():
    # The site's version knows this module.
    from .site_version import count_change

    count_change()
