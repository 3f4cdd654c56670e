"""Cards: an edition in a list."""

from functools import partial

from django.template.loader import get_template
from django.utils.html import escape
from django.utils.safestring import mark_safe

from ..publishing.dates import day_of
from ..publishing.editions.card_row import identity
from .rendered_once import PLACE, RenderedOnce

rendered = RenderedOnce(10_000)
"""Of 1.2 kB or so each."""


def card_html(edition, **look):
    """An edition as a card; `look` is what components/card.html takes beside it."""
    key = _key(edition, *look.items())
    return rendered.once(key, partial(_render, "card", edition=edition, **look))


def result_html(edition):
    """An edition found by a search, with its `marked_headline` and `snippet`, safe markup."""
    place = mark_safe(PLACE)
    render = partial(_render, "result", edition=edition, headline=place, words=place)
    html = rendered.once(_key(edition, "result"), render)
    before, between, after = html.split(PLACE)
    words = edition.snippet or escape(edition.standfirst)
    return mark_safe(f"{before}{edition.marked_headline}{between}{words}{after}")


def strip_html(section, editions, *, lang, today):
    """A section's newest stories under its name, at a moment of `today`."""
    shown = {"section": section, "editions": editions, "lang": lang, "now": today}
    names = (section.slug, section.name, lang, day_of(today))
    key = ("strip", *names, *map(_key, editions))
    return rendered.once(key, partial(_render, "strip", **shown))


def _key(edition, *look):
    section = edition.section
    return (*identity(edition), section.slug, section.name, *look)


def _render(template, **context):
    return mark_safe(get_template(f"components/{template}.html").render(context))
