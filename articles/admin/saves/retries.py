"""Retries a request of the admin whose transaction lost against a concurrent write.

The second try sees what the first could not: a name that is now taken, a row that is gone, a
form that was saved a moment before. It says so in the form, which keeps all that was typed.
"""

from functools import partial, wraps

from django.utils.translation import gettext as _

from ...desk.write_conflicts import LostTwice, tried_twice
from ..not_saved import not_saved


def retry_conflicts(view):
    """Decorate a view of the admin: a write conflict is retried once, then answered with 409.

    When a row is gone that was found a moment ago, the second try answers with 404.
    """

    @wraps(view)
    def tried(request, *args, **kwargs):
        work = partial(view, request, *args, **kwargs)
        try:
            return tried_twice(work, undo=partial(reset_request, request))
        except LostTwice:
            why = _("A colleague changed the same thing at the same moment, so nothing was saved.")
            return not_saved(request, 409, why=why)

    return tried


def reset_request(request):
    """Undo what the first try did to the request: its messages are wrong, its files were read."""
    if storage := getattr(request, "_messages", None):
        storage._queued_messages.clear()
    for file in request.FILES.values():
        file.seek(0)
