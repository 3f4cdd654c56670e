"""Cards: an edition in a list."""

from functools import partial

from django.template.loader import get_template
from django.utils.safestring import mark_safe

from .rendered_once import RenderedOnce

rendered = RenderedOnce(10_000)
"""Of 1.2 kB or so each."""


def card_html(edition, **look):
    """An edition as a card; `look` is what components/card.html takes beside it."""
    section = edition.section
    key = (edition.uuid, edition.number, section.slug, section.name, *look.items())
    return rendered.once(key, partial(_render, edition, look))


def _render(edition, look):
    html = get_template("components/card.html").render({"edition": edition, **look})
    return mark_safe(html)
