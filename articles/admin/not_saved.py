"""The page that says why nothing was saved, with all that was typed, to be copied."""

from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

INTERNAL_PREFIXES = ("csrfmiddlewaretoken", "form_token", "seen_version", "initial-", "_")
INTERNAL_SUFFIXES = ("_FORMS", "-id", "-parent", "-ordering", "-region", "-DELETE")


def not_saved(request, http_status, template="admin/not_saved.html", **context):
    """That page. `why` in the context is the reason."""
    context = {
        "title": _("Not saved"),
        "words": typed_words(request.POST),
        "page": request.get_full_path(),
    } | context
    return TemplateResponse(request, template, context, status=http_status)


def typed_words(data):
    """[(field's name, text)] of all that was typed into a form."""
    return [
        (key, text)
        for key, text in data.items()
        if text.strip()
        and not key.startswith(INTERNAL_PREFIXES)
        and not key.endswith(INTERNAL_SUFFIXES)
        and "password" not in key
    ]
