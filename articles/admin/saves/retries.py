"""A row that two people wrote at once is no failure of the site: the request is tried again.

The second try sees what the first could not: a name that is taken by now, a row that is gone, a
form that was saved a moment before. It says so in the form, with every word that was typed.
"""

from functools import wraps

from django.db import IntegrityError, OperationalError
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..posts.removed_blocks import typed_words

AT_ONCE = gettext_lazy(
    "A colleague changed the same thing at the same moment, so nothing was saved."
)
DEADLOCK, NOT_SERIALIZABLE = "40P01", "40001"


def once_more(view):
    """A view of the admin, tried a second time when somebody else's write was in the way."""

    @wraps(view)
    def tried(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except (IntegrityError, OperationalError) as error:
            if not is_of_two(error):
                raise
        begin_anew(request)
        try:
            return view(request, *args, **kwargs)
        except (IntegrityError, OperationalError) as error:
            if not is_of_two(error):
                raise
            return not_saved(request, AT_ONCE, 409)

    return tried


def begin_anew(request):
    """The request as it came: what the first try told is not so, its files were read."""
    if storage := getattr(request, "_messages", None):
        storage._queued_messages.clear()
    for file in request.FILES.values():
        file.seek(0)


def is_of_two(error):
    """Whether an error of the database says that two writes were in each other's way."""
    state = getattr(error.__cause__, "sqlstate", None)
    return isinstance(error, IntegrityError) or state in {DEADLOCK, NOT_SERIALIZABLE}


def not_saved(request, why, status):
    """Say why nothing was saved, with every word that was typed, to be copied."""
    context = {
        "title": _("Not saved"),
        "why": why,
        "words": typed_words(request.POST),
        "page": request.get_full_path(),
    }
    return TemplateResponse(request, "admin/not_saved.html", context, status=status)
