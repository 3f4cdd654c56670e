"""What people do that the log tells of, each by a code and in words."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..transition import Transition


class Verb(models.TextChoices):
    """What is done to rows of every kind, and to accounts. Steps of a story have their own codes
    (`Transition.Action`)."""

    ADD = "add", _("Added")
    CHANGE = "change", _("Changed")
    DELETE = "delete", _("Deleted")
    SHOW = "show", _("Put up")
    HIDE = "hide", _("Taken down")
    RUN = "run", _("Run")
    UNDO = "undo", _("Undone")
    MERGE = "merge", _("Merged")
    SIGN_IN = "sign_in", _("Signed in")
    SIGN_IN_FAILED = "sign_in_failed", _("Sign-in failed")
    SIGN_OUT = "sign_out", _("Signed out")
    END_SESSION = "end_session", _("Session ended")
    CLOSE = "close", _("Account closed")
    OPEN_AGAIN = "open_again", _("Account opened again")
    FACTOR_ON = "factor_on", _("Second factor set up")
    FACTOR_OFF = "factor_off", _("Second factor turned off")
    FACTOR_RESET = "factor_reset", _("Second factor reset")
    RECOVERY_CODES = "recovery_codes", _("Recovery codes renewed")
    RECOVERY_USED = "recovery_used", _("Recovery code used")
    SEE_AS = "see_as", _("Saw the desk as")
    SEE_AS_END = "see_as_end", _("Stopped seeing the desk as")
    OPEN = "open", _("Opened")
    SHARE = "share", _("Preview shared")
    REVOKE = "revoke", _("Preview link revoked")
    RESTORE = "restore", _("Earlier words put back")


def verbs() -> dict[str, str]:
    """{code: words} of all that the log tells of."""
    return {str(code): str(words) for code, words in [*Verb.choices, *Transition.Action.choices]}
