"""Retries a request of the admin whose transaction lost against a concurrent write.

The second try sees what the first could not: a name that is now taken, a row that is gone, a
form that was saved a moment before. It says so in the form, which keeps all that was typed.
"""

from functools import wraps

from django.db import IntegrityError, OperationalError
from django.utils.translation import gettext as _

from ..not_saved import not_saved

DEADLOCK, NOT_SERIALIZABLE = "40P01", "40001"


def retry_conflicts(view):
    """Decorate a view of the admin: a write conflict is retried once, then answered with 409."""

    @wraps(view)
    def tried(request, *args, **kwargs):
        for _attempt in range(2):
            try:
                return view(request, *args, **kwargs)
            except (IntegrityError, OperationalError) as error:
                if not is_write_conflict(error):
                    raise
            reset_request(request)
        why = _("A colleague changed the same thing at the same moment, so nothing was saved.")
        return not_saved(request, 409, why=why)

    return tried


def reset_request(request):
    """Undo what the first try did to the request: its messages are wrong, its files were read."""
    if storage := getattr(request, "_messages", None):
        storage._queued_messages.clear()
    for file in request.FILES.values():
        file.seek(0)


def is_write_conflict(error):
    """Whether a database error means that two writes conflicted."""
    state = getattr(error.__cause__, "sqlstate", None)
    return isinstance(error, IntegrityError) or state in {DEADLOCK, NOT_SERIALIZABLE}
