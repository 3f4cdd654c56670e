"""The page that says why nothing was saved, with all that was typed, to be copied."""

import json
from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

INTERNAL_PREFIXES = ("csrfmiddlewaretoken", "form_token", "seen_version", "initial-", "_")
INTERNAL_NAMES = {"version", "base", "auto", "seen"}
DOCUMENT = "document"
INTERNAL_SUFFIXES = ("_FORMS", "-id", "-parent", "-ordering", "-region", "-DELETE")


def not_saved(request, http_status, template="admin/not_saved.html", **context):
    """That page. `why` in the context is the reason."""
    context = admin.site.each_context(request) | {
        "title": _("Not saved"),
        "words": typed_words(request.POST),
        "page": request.get_full_path(),
        **context,
    }
    return TemplateResponse(request, template, context, status=http_status)


def typed_words(data):
    """[(field's name, text)] of all that was typed into a form."""
    found = [
        (key, words_in_document(text) if key == DOCUMENT else text)
        for key, text in data.items()
        if not key.startswith(INTERNAL_PREFIXES)
        and not key.endswith(INTERNAL_SUFFIXES)
        and key not in INTERNAL_NAMES
        and "password" not in key
    ]
    return [(key, text) for key, text in found if text.strip()]


def words_in_document(text: str) -> str:
    """The words of a story's document, blocks apart by an empty line; what is none as it is."""
    try:
        document = json.loads(text)
        blocks = [node for nodes in document.values() for node in nodes]
        return "\n\n".join(filter(None, ("".join(_words(node)).strip() for node in blocks)))
    except (ValueError, TypeError, AttributeError, RecursionError):
        return text


def _words(node: dict[str, Any]) -> Iterator[str]:
    if "content" not in node:
        own = [
            value for name, value in node.get("attrs", {}).items() if name not in {"id", "level"}
        ]
        yield node["text"] if "text" in node else "\n".join(filter(None, own))
        return
    for child in node["content"]:
        yield from _words(child)
        if child.get("type") == "paragraph":
            yield "\n"
