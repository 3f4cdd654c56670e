"""JSON-LD in a page."""

import json

from django.utils.safestring import mark_safe

# No headline may end the script element that it stands in, or begin another.
_HARMLESS = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def json_ld(nodes):
    """Nodes of schema.org as the text of a script element."""
    document = {"@context": "https://schema.org", "@graph": nodes}
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(_HARMLESS))


def without_empty(members):
    """Those members that say something."""
    return {name: value for name, value in members.items() if value not in (None, "", [], {})}
