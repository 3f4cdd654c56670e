"""The lines that say at which desks an account has rights, and which."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _

from ...library.section import Section


class DeskRight(models.Model):
    """What an account may do with the stories of one section, or of all that have no line.

    An account without lines has its roles everywhere. One with lines has rights in their sections
    only: those of the line's role, or else of its own roles. All may read all stories.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.CASCADE,
        related_name="desk_rights",
        db_index=False,  # the constraints below begin with it
    )
    section = models.ForeignKey(
        Section,
        verbose_name=_("section"),
        null=True,
        blank=True,
        # Without its last line an account would have its roles everywhere.
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Empty: all sections that have no line here."),
    )
    role = models.ForeignKey(
        Group,
        verbose_name=_("role there"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="desk_rights",
        help_text=_("Empty: the roles of the account."),
    )

    class Meta:
        default_permissions = ()
        verbose_name = _("right at a desk")
        verbose_name_plural = _("rights at desks")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "section"],
                name="desk_right_once",
                violation_error_message=_("There is a line for this section already."),
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(section=None),
                name="desk_right_elsewhere_once",
                violation_error_message=_("There is a line for all other sections already."),
            ),
        ]

    def __str__(self) -> str:
        section = self.section or _("All other sections")
        role = self.role or _("own roles")
        return f"{section}: {role}"
