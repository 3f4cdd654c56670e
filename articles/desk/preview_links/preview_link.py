"""Preview links, and what somebody outside approved by one."""

import datetime as dt
import secrets
from typing import Self

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.utils.translation import gettext_lazy as _

from ...library.append_only import AppendOnly
from ...library.fields import LineField
from ..post import Post

NAME_LENGTH = 120
LONGEST_TOKEN = 100
"""Characters of a token in an address."""


def new_key() -> str:
    return secrets.token_urlsafe(12)


def _signer() -> Signer:
    return Signer(salt="articles.preview_link", sep=".")


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def newest_first(self) -> Self:
        return self.order_by("-pk")

    def current(self, at: dt.datetime) -> Self:
        """Those that neither ended nor were revoked."""
        return self.filter(revoked_at=None, ends_at__gt=at)

    def with_people(self) -> Self:
        """With all that is asked about a link, in one query."""
        return self.select_related("post__section", "made_by", "revoked_by")


PreviewLinkManager = models.Manager.from_queryset(PreviewLinkQuerySet)


class PreviewLink(models.Model):
    """An address at which somebody outside sees a story of the desk, until it ends or is revoked.

    The address is stored nowhere: it is the key with a signature, so that who has read the database
    alone cannot open one, and the desk can show it again.
    """

    post = models.ForeignKey(
        Post,
        verbose_name=_("story"),
        on_delete=models.CASCADE,
        related_name="preview_links",
        db_index=False,  # an index below begins with it
    )
    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    for_whom = LineField(_("for whom"), max_length=NAME_LENGTH, blank=True)
    version = models.PositiveIntegerField(
        _("version of the desk copy"),
        null=True,
        help_text=_("Empty: always the latest."),
    )
    may_note = models.BooleanField(_("may leave notes"), default=True)
    may_approve = models.BooleanField(_("may approve"), default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Without a maker it opens for nobody."),
    )
    made_at = models.DateTimeField(_("made"))
    ends_at = models.DateTimeField(_("ends"))
    revoked_at = models.DateTimeField(_("revoked"), null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("revoked by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    openings = models.PositiveBigIntegerField(_("openings"), default=0)
    last_openings = models.JSONField(
        default=list,
        help_text=_("The newest first: [moment, browser], and no more of who it was."),
    )

    objects = PreviewLinkManager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        default_permissions = ()
        permissions = [("share_preview", _("Can share previews by link"))]
        indexes = [
            # The links of a story, newest first.
            models.Index(fields=["post", "-id"], name="preview_link_by_post"),
            # All links of the desk that are open.
            models.Index(
                fields=["ends_at"],
                condition=models.Q(revoked_at=None),
                name="preview_link_open",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="preview_link_ends_later",
                condition=models.Q(ends_at__gt=models.F("made_at")),
                violation_error_message=_("The link has to end after it is made."),
            ),
        ]

    def __str__(self) -> str:
        return self.for_whom or str(_("whoever has the link"))

    @property
    def token(self) -> str:
        """What stands in its address."""
        return _signer().sign(self.key)


class PreviewApproval(AppendOnly):
    """That somebody outside, who gave a name, approved a version of a story by a link."""

    link = models.ForeignKey(PreviewLink, on_delete=models.CASCADE, related_name="approvals")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="preview_approvals")
    name = LineField(_("name"), max_length=NAME_LENGTH)
    version = models.PositiveIntegerField(_("version of the desk copy"))
    pictures = models.CharField(
        _("words of the picture library"),
        max_length=64,
        editable=False,
        help_text=_("Their digest, as they stood in what was shown."),
    )
    at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("approval by link")
        verbose_name_plural = _("approvals by link")
        default_permissions = ()
        constraints = [
            # A form that is sent twice, or by two windows at once, approves once.
            models.UniqueConstraint(
                fields=["link", "version", "pictures", "name"], name="preview_approval_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post}, {self.version}: {self.name}"


def key_in(token: str) -> str:
    """The key in a token, or "" for one that was not made here."""
    if len(token) > LONGEST_TOKEN:
        return ""
    try:
        return _signer().unsign(token)
    except BadSignature:
        return ""
