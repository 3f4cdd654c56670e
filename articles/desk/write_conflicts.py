"""Two people who write the same thing at the same moment: one of them loses, and tries again."""

from collections.abc import Callable
from typing import TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, OperationalError
from django.utils.translation import gettext as _

from .workflow import Refusal

DEADLOCK, NOT_SERIALIZABLE = "40P01", "40001"

Done = TypeVar("Done")


class LostTwice(Refusal):
    """A write that lost against a colleague's, and lost again."""

    def __init__(self) -> None:
        super().__init__(
            _("A colleague changed the same thing at the same moment: nothing was done. Try again.")
        )


def is_write_conflict(error: Exception) -> bool:
    """Whether a database error means that two writes conflicted."""
    state = getattr(error.__cause__, "sqlstate", None)
    return isinstance(error, IntegrityError) or state in {DEADLOCK, NOT_SERIALIZABLE}


def nothing_to_undo() -> None:
    """What most work leaves behind where its transaction was rolled back."""


def tried_twice(work: Callable[[], Done], *, undo: Callable[[], None] = nothing_to_undo) -> Done:
    """What some work gives that is one transaction; if it loses against a concurrent write it is
    done once more. `undo` takes back what a try that lost did outside the database. Raises
    LostTwice; and ObjectDoesNotExist when what it needs is gone the second time, too.

    For each of many things that are done in one request: were the request itself tried again, what
    is done already would be told as not done.
    """
    for is_last in (False, True):
        try:
            return work()
        except ObjectDoesNotExist:
            # Somebody deleted what was found a moment ago: the second try looks again.
            if is_last:
                raise
        except (IntegrityError, OperationalError) as error:
            if not is_write_conflict(error):
                raise
        undo()
    raise LostTwice
