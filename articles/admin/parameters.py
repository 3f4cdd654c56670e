"""Removes from requests to the admin what would make a database raise."""

from functools import wraps

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import TO_FIELD_VAR
from django.core.exceptions import FieldDoesNotExist
from django.http import QueryDict
from django.utils.translation import gettext as _

from ..library.whole_numbers import INTEGER_DIGITS, parse_whole_number
from .not_saved import not_saved

NUL = "\x00"
TEXT_PARAMETERS = {"q", "term", "topic", "author"}
"""Parameters that hold text; in others a long row of digits is a number too large for a key."""
SEARCHES = {"q", "term"}
"""Parameters that hold what somebody typed into the search box of a list or of a picker."""
MAX_TYPED, MAX_VALUE = 300, 4_000
"""Characters of a search, and of any other parameter. A database gives up on many more."""


def seen_version(request):
    """The version that a page was made from; 0, older than any, when it is malformed."""
    return parse_whole_number(request.POST.get("seen_version"), max_digits=INTEGER_DIGITS) or 0


def is_key(text):
    """Whether a text can be a primary key."""
    return parse_whole_number(text) is not None


def clean_parameters(view):
    """Decorate a view of the admin so that its parameters cannot make a database raise.

    URLs lose their NUL characters, which PostgreSQL refuses, and impossible years, and long values
    are cut, so that a search box shows what was searched; the rows chosen in a list must have
    numbers for keys. What is typed into a form is left for its fields.
    """

    @wraps(view)
    def cleaned(request, *args, **kwargs):
        request.GET = clean_query(request.GET)
        if ACTION_CHECKBOX_NAME in request.POST:
            request.POST = request.POST.copy()
            keys = filter(is_key, request.POST.getlist(ACTION_CHECKBOX_NAME))
            request.POST.setlist(ACTION_CHECKBOX_NAME, list(keys))
        try:
            return view(request, *args, **kwargs)
        except OverflowError:
            # From SQLite, for a key larger than any.
            why = _("A number is too large, so nothing was saved.")
            return not_saved(request, 400, why=why)

    return cleaned


def clean_query(data):
    """A copy of a URL's QueryDict without values that no database takes."""
    clean = QueryDict(mutable=True, encoding=data.encoding)
    for name, values in data.lists():
        values = [value.replace(NUL, "") for value in values if value.strip(NUL) or not value]
        most = MAX_TYPED if name in SEARCHES else MAX_VALUE
        values = [value[:most] for value in values]
        if "year" in name.split("__"):
            values = [value for value in values if is_key(value) and len(value) < 5]
        if name == TO_FIELD_VAR:
            values = [value for value in values if value]
        if name not in TEXT_PARAMETERS:
            values = [value for value in values if not value.isdecimal() or is_key(value)]
        if values:
            clean.setlist(name.replace(NUL, ""), values)
    clean._mutable = False
    return clean


def clean_initial(model, initial):
    """The initial values of an add form from its URL, without keys that no row can have."""
    found = {}
    for name, value in initial.items():
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            field = None
        if not (field and field.is_relation):
            found[name] = value
        elif field.many_to_many:
            keys = value.split(",") if isinstance(value, str) else value
            rows = field.related_model._default_manager
            found[name] = list(rows.filter(pk__in=filter(is_key, keys)))
        elif is_key(value):
            found[name] = value
    return found
