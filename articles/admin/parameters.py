"""What an address or a form of the admin asks for, without what no database can be asked."""

from functools import wraps

from django.contrib.admin.options import TO_FIELD_VAR
from django.core.exceptions import FieldDoesNotExist
from django.http import QueryDict
from django.utils.translation import gettext as _

from .saves.retries import not_saved

NUL = "\x00"
CHOSEN = "_selected_action"
IN_WORDS = {"q", "term", "topic", "author"}
"""Parameters that hold words; in others a long row of digits is a number too large to ask for."""


def legible(view):
    """A view of the admin that is asked for nothing a database cannot be asked for.

    Addresses lose their NUL characters, which PostgreSQL refuses, and years that no calendar has;
    the rows chosen in a list have numbers for keys. What is typed into a form is left to its
    fields, which say what is wrong.
    """

    @wraps(view)
    def asked(request, *args, **kwargs):
        request.GET = legible_query(request.GET)
        if CHOSEN in request.POST:
            request.POST = request.POST.copy()
            keys = [key for key in request.POST.getlist(CHOSEN) if is_key(key)]
            request.POST.setlist(CHOSEN, keys)
        try:
            return view(request, *args, **kwargs)
        except OverflowError:
            # SQLite asked for a row whose key is larger than any.
            return not_saved(request, _("A number is too large, so nothing was saved."), 400)

    return asked


def legible_query(data):
    """A copy of an address's QueryDict without what cannot be asked for."""
    clean = QueryDict(mutable=True, encoding=data.encoding)
    for name, values in data.lists():
        values = [value.replace(NUL, "") for value in values if value.strip(NUL) or not value]
        if "year" in name.split("__"):
            values = [value for value in values if is_key(value) and len(value) < 5]
        if name == TO_FIELD_VAR:
            values = [value for value in values if value]
        if name not in IN_WORDS:
            values = [value for value in values if not value.isdecimal() or is_key(value)]
        if values:
            clean.setlist(name.replace(NUL, ""), values)
    clean._mutable = False
    return clean


def is_key(text):
    """Whether a text is the number of a row that a database may have."""
    return text.isascii() and text.isdigit() and len(text) < 19


def with_rows(model, initial):
    """The values that an add form begins with, from its address: only rows that there may be."""
    found = {}
    for name, value in initial.items():
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            field = None
        if field is None or not field.is_relation:
            found[name] = value
        elif field.many_to_many:
            keys = value.split(",") if isinstance(value, str) else value
            rows = field.related_model._default_manager
            found[name] = list(rows.filter(pk__in=[key for key in keys if is_key(key)]))
        elif is_key(value):
            found[name] = value
    return found
