"""What is stored of second factors."""

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db import models
from django.db.models import OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ...rights.desk_right import DeskRight


class SecondFactor(models.Model):
    """Somebody's second factor, which is asked for after the password.

    `last_step` is the number of half minutes since 1970 of the last code that was used.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="second_factor",
    )
    sealed_secret = models.TextField()
    set_up_at = models.DateTimeField()
    last_step = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        verbose_name = _("second factor")

    def __str__(self) -> str:
        return str(self.user)


class RecoveryCode(models.Model):
    """A code that signs somebody in once, without their telephone. Only its hash is kept."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        db_index=False,
        on_delete=models.CASCADE,
        related_name="recovery_codes",
    )
    code_hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user", "code_hash"], name="recovery_code_once"),
        ]

    def __str__(self) -> str:
        return str(self.user)


class RoleRule(models.Model):
    """What a role asks of its people, beside what it lets them do."""

    role = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="rule")
    needs_second_factor = models.BooleanField(_("second factor needed"), default=False)

    class Meta:
        default_permissions = ()
        verbose_name = _("rule of a role")

    def __str__(self) -> str:
        return str(self.role)


def rules_that_ask(user: User | int | OuterRef) -> QuerySet[RoleRule]:
    """The rules of somebody's roles that ask for a second factor: of those at one desk, too."""
    everywhere = User.groups.through.objects.filter(user=user).values("group")
    at_desks = DeskRight.objects.filter(user=user).values("role")
    theirs = Q(role__in=everywhere) | Q(role__in=at_desks)
    return RoleRule.objects.filter(theirs, needs_second_factor=True)
