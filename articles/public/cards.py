"""Cards: an edition in a list."""

from functools import partial

from django.template.loader import get_template
from django.utils.html import escape
from django.utils.safestring import mark_safe

from .rendered_once import PLACE, RenderedOnce

rendered = RenderedOnce(10_000)
"""Of 1.2 kB or so each."""


def card_html(edition, **look):
    """An edition as a card; `look` is what components/card.html takes beside it."""
    return rendered.once(_key(edition, *look.items()), partial(_render, "card", edition, look))


def result_html(edition):
    """An edition found by a search, with its `marked_headline` and `snippet`, safe markup."""
    places = {"headline": mark_safe(PLACE), "words": mark_safe(PLACE)}
    html = rendered.once(_key(edition, "result"), partial(_render, "result", edition, places))
    before, between, after = html.split(PLACE)
    words = edition.snippet or escape(edition.standfirst)
    return mark_safe(f"{before}{edition.marked_headline}{between}{words}{after}")


def _key(edition, *look):
    section = edition.section
    return (edition.uuid, edition.number, section.slug, section.name, *look)


def _render(template, edition, look):
    context = {"edition": edition, **look}
    return mark_safe(get_template(f"components/{template}.html").render(context))
