"""The desk's log: who moved which story from where to where, when, and why."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..library.append_only import AppendOnly
from ..library.fields import WordsField
from .post import Post


class Transition(AppendOnly):
    """One step in a post's life; written with the step itself and never changed."""

    class Action(models.TextChoices):
        BEGIN = "begin", _("Begun")
        BACK_TO_PLAN = "back_to_plan", _("Made a plan again")
        SEND_TO_REVIEW = "send_to_review", _("Sent to review")
        TAKE_BACK = "take_back", _("Taken back")
        SEND_BACK = "send_back", _("Sent back")
        APPROVE = "approve", _("Approved")
        PUBLISH = "publish", _("Published")
        SCHEDULE = "schedule", _("Scheduled")
        CANCEL = "cancel", _("Schedule cancelled")
        WITHDRAW = "withdraw", _("Withdrawn")
        PUT_BACK = "put_back", _("Put back")
        ASK_KILL = "ask_kill", _("Kill asked for")
        DECLINE_KILL = "decline_kill", _("Kill declined")
        KILL = "kill", _("Killed")
        OPEN_SEALED = "open_sealed", _("Sealed words opened")
        # Taken by the change that made a schedule invalid.
        HOLD = "hold", _("Held back")
        PLACE_HOLD = "place_hold", _("Put on legal hold")
        LIFT_HOLD = "lift_hold", _("Legal hold lifted")
        EMBARGO = "embargo", _("Embargo set")
        EASE_EMBARGO = "ease_embargo", _("Embargo eased")
        BREAK_EMBARGO = "break_embargo", _("Embargo broken")

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="transitions")
    action = models.CharField(_("what"), max_length=16, choices=Action)
    from_status = models.CharField(_("from"), max_length=12, choices=Post.Status)
    to_status = models.CharField(_("to"), max_length=12, choices=Post.Status)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Empty when a command did it."),
    )
    at = models.DateTimeField(_("when"))
    version = models.PositiveIntegerField(
        _("version of the desk copy"),
        null=True,
        help_text=_("Empty for a step from before versions were logged."),
    )
    # Texts of photos, {slug: {field: text}}, rather than pictures: the column came first.
    pictures = models.JSONField(
        _("words of the picture library"),
        null=True,
        editable=False,
        help_text=_("As they stood in what was approved or let out; else empty."),
    )
    due_at = models.DateTimeField(_("to take effect"), null=True)
    note = WordsField(_("note"), blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("log entry")
        verbose_name_plural = _("log")
        indexes = [
            # A post's history on its change form, newest first.
            models.Index(fields=["post", "-at", "-id"], name="transition_by_post"),
            # Today (the start page of the desk): what was held back lately.
            models.Index(fields=["action", "-at"], name="transition_by_action"),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.post}"
