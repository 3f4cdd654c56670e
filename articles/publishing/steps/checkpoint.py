"""Revisions: desk copies that are kept, so that nobody's words are lost.

An explicit save keeps what it saved, and a step of the workflow what it was taken at. Between them
a revision is kept at most every ten minutes of writing. Older ones thin out (thinning.py).
"""

import datetime as dt
from typing import Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, Max, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ...desk.post import Post
from ...desk.preview_links.preview_link import PreviewApproval, PreviewLink
from ...desk.transition import Transition
from ...library.append_only import AppendOnly, AppendOnlyQuerySet
from ...library.fields import LineField
from ..editions.document import compose
from ..editions.edition import Edition
from .thinning import Kept, superfluous

BETWEEN_AUTOSAVES = dt.timedelta(minutes=10)
"""What autosaves replace is kept at most this often."""


class CheckpointQuerySet(AppendOnlyQuerySet):
    def free_to_go(self) -> Self:
        """Revisions that have no name, that no step was taken at, whose words no edition has, and
        that nobody outside was to see or approved."""
        of_version = {"post": OuterRef("post"), "version": OuterRef("version")}
        return self.filter(
            ~Exists(Transition.objects.filter(**of_version).order_by()),
            ~Exists(Edition.objects.filter(**of_version).order_by()),
            ~Exists(PreviewLink.objects.filter(**of_version).order_by()),
            ~Exists(PreviewApproval.objects.filter(**of_version).order_by()),
            name="",
        )

    def thin_out(self) -> None:
        """Delete them: the one way in which revisions go, and only `thin` takes it."""
        super(AppendOnlyQuerySet, self).delete()


class Checkpoint(AppendOnly):
    """A revision: a desk copy as it was saved, kept whole."""

    class Reason(models.TextChoices):
        """Why it was kept."""

        SAVED = "saved", _("Saved")
        STEP = "step", _("Kept with a step")
        RESTORED = "restored", _("Restored")
        AUTOSAVE = "autosave", _("Saved while writing")
        REPLACED = "replaced", _("Kept before it was replaced")

    may_change = frozenset({"name", "reason"})

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="checkpoints")
    version = models.PositiveIntegerField(_("version of the desk copy"))
    document = models.JSONField(encoder=DjangoJSONEncoder)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    saved_at = models.DateTimeField(_("saved"))
    made_at = models.DateTimeField(_("made"))
    reason = models.CharField(
        _("why it is kept"),
        max_length=8,
        choices=Reason,
        default=Reason.REPLACED,
        db_default=Reason.REPLACED,
    )
    name = LineField(
        _("name"),
        max_length=80,
        blank=True,
        db_default="",
        help_text=_("A revision with a name is kept for as long as the story."),
    )

    objects = CheckpointQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        constraints = [
            # The history of a story lists them in this order.
            models.UniqueConstraint(fields=["post", "version"], name="checkpoint_once"),
        ]

    def __str__(self) -> str:
        return f"{self.post}, {self.version}"


Reason = Checkpoint.Reason
MEANT = {Reason.SAVED, Reason.STEP, Reason.RESTORED}
"""Reasons of revisions that somebody meant to make."""


def keep_edition(post: Post, edition: Edition, *, now: dt.datetime) -> None:
    """Keep the words of an edition that is about to be removed, unless they are kept already."""
    others = post.editions.exclude(pk=edition.pk)
    if edition.version == post.version or others.filter(version=edition.version).exists():
        return
    Checkpoint.objects.get_or_create(
        post=post,
        version=edition.version,
        defaults={
            "document": edition.document,
            "saved_by": edition.made_by,
            "saved_at": edition.made_at,
            "made_at": now,
            "reason": Reason.STEP,
        },
    )


def keep(
    post: Post, *, now: dt.datetime | None = None, reason: str = Reason.REPLACED
) -> Checkpoint | None:
    """Keep the desk copy of a post as it is stored, and thin out older revisions.

    Returns the revision, which is an earlier one if these words are kept already; None if an
    edition has them. Call it in the transaction of the save: after it has written (`reason` says
    why), or before it replaces words that are to be kept.
    """
    now = now or timezone.now()
    of_version = {"post": OuterRef("pk"), "version": OuterRef("version")}
    rows = Post.objects.select_related("section").annotate(
        is_in_an_edition=Exists(Edition.objects.filter(**of_version)),
        is_kept=Exists(Checkpoint.objects.filter(**of_version)),
    )
    stored = rows.get(pk=post.pk)
    same = stored.checkpoints.defer("document").filter(version=stored.version)
    if kept := same.first() if stored.is_kept else None:
        if reason in MEANT and kept.reason not in MEANT:
            kept.reason = reason
            kept.save(update_fields=["reason"])
        return kept
    if stored.is_in_an_edition:
        return None
    kept = Checkpoint(
        post=stored,
        version=stored.version,
        document=compose(stored),
        saved_by=stored.saved_by,
        saved_at=stored.saved_at,
        made_at=now,
        reason=reason,
    )
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError:  # somebody kept the same version at this moment
        return stored.checkpoints.get(version=stored.version)
    thin(stored, now=now)
    return kept


def keep_replaced(post: Post, *, now: dt.datetime | None = None) -> Checkpoint | None:
    """For an autosave, before it writes: keep what it replaces if the newest revision or edition is
    ten minutes old. Returns the revision if there is one of this version."""
    now = now or timezone.now()
    newest = (
        Post.objects.filter(pk=post.pk)
        .values_list(
            Subquery(_newest(Checkpoint.objects.all())), Subquery(_newest(Edition.objects.all()))
        )
        .get()
    )
    if any(made and now - made < BETWEEN_AUTOSAVES for made in newest):
        return None
    return keep(post, now=now, reason=Reason.AUTOSAVE)


def _newest(rows: models.QuerySet) -> models.QuerySet:
    """When the newest of a post's rows was made, for a subquery."""
    of_post = rows.filter(post=OuterRef("pk")).order_by().values("post")
    return of_post.annotate(newest=Max("made_at")).values("newest")


def thin(post: Post, *, now: dt.datetime | None = None) -> int:
    """Remove the revisions of a post that need not be kept any longer; returns how many."""
    kept = post.checkpoints.free_to_go().order_by("version").values_list("version", "saved_at")
    versions = superfluous([Kept(*row) for row in kept], now=now or timezone.now())
    if versions:
        # One that was given a name just now stays.
        post.checkpoints.filter(version__in=versions, name="").thin_out()
    return len(versions)
