"""What changed between two documents, in a sentence."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from ....publishing.editions.alignment import align
from ....publishing.editions.pieces import pieces_of

FEW_PAIRS = 500
"""Pairs of paragraphs that are compared for one sentence: a page of history has many."""

FIELDS = {
    "headline": gettext_lazy("headline changed"),
    "kicker": gettext_lazy("kicker changed"),
    "standfirst": gettext_lazy("standfirst changed"),
    "byline": gettext_lazy("byline changed"),
    "section": gettext_lazy("section changed"),
    "authors": gettext_lazy("authors changed"),
    "topics": gettext_lazy("topics changed"),
    "slug": gettext_lazy("address changed"),
    "language": gettext_lazy("language changed"),
    "translation_of": gettext_lazy("“translation of” changed"),
}
"""The fields of a document, and what is said when one differs."""

SORTS = {
    "p": "paragraph",
    "h2": "subhead",
    "h3": "subhead",
    "ul": "list",
    "ol": "list",
    "blockquote": "quotation",
    "caption": "picture",
    "relatedlink": "link",
    "pullquote": "pull quote",
    "embed": "embed",
    "gallery": "gallery",
    "table": "table",
    "chart": "chart",
    "film": "film",
    "sound": "sound",
}

PARTS = {
    "paragraph": {
        "changed": ngettext_lazy("a paragraph changed", "%(n)d paragraphs changed", "n"),
        "added": ngettext_lazy("a paragraph added", "%(n)d paragraphs added", "n"),
        "removed": ngettext_lazy("a paragraph removed", "%(n)d paragraphs removed", "n"),
        "moved": ngettext_lazy("a paragraph moved", "%(n)d paragraphs moved", "n"),
    },
    "subhead": {
        "changed": ngettext_lazy("a subhead changed", "%(n)d subheads changed", "n"),
        "added": ngettext_lazy("a subhead added", "%(n)d subheads added", "n"),
        "removed": ngettext_lazy("a subhead removed", "%(n)d subheads removed", "n"),
        "moved": ngettext_lazy("a subhead moved", "%(n)d subheads moved", "n"),
    },
    "list": {
        "changed": ngettext_lazy("a list changed", "%(n)d lists changed", "n"),
        "added": ngettext_lazy("a list added", "%(n)d lists added", "n"),
        "removed": ngettext_lazy("a list removed", "%(n)d lists removed", "n"),
        "moved": ngettext_lazy("a list moved", "%(n)d lists moved", "n"),
    },
    "quotation": {
        "changed": ngettext_lazy("a quotation changed", "%(n)d quotations changed", "n"),
        "added": ngettext_lazy("a quotation added", "%(n)d quotations added", "n"),
        "removed": ngettext_lazy("a quotation removed", "%(n)d quotations removed", "n"),
        "moved": ngettext_lazy("a quotation moved", "%(n)d quotations moved", "n"),
    },
    "picture": {
        "changed": ngettext_lazy("a picture changed", "%(n)d pictures changed", "n"),
        "added": ngettext_lazy("a picture added", "%(n)d pictures added", "n"),
        "removed": ngettext_lazy("a picture removed", "%(n)d pictures removed", "n"),
        "moved": ngettext_lazy("a picture moved", "%(n)d pictures moved", "n"),
    },
    "link": {
        "changed": ngettext_lazy("a related link changed", "%(n)d related links changed", "n"),
        "added": ngettext_lazy("a related link added", "%(n)d related links added", "n"),
        "removed": ngettext_lazy("a related link removed", "%(n)d related links removed", "n"),
        "moved": ngettext_lazy("a related link moved", "%(n)d related links moved", "n"),
    },
    "pull quote": {
        "changed": ngettext_lazy("a pull quote changed", "%(n)d pull quotes changed", "n"),
        "added": ngettext_lazy("a pull quote added", "%(n)d pull quotes added", "n"),
        "removed": ngettext_lazy("a pull quote removed", "%(n)d pull quotes removed", "n"),
        "moved": ngettext_lazy("a pull quote moved", "%(n)d pull quotes moved", "n"),
    },
    "embed": {
        "changed": ngettext_lazy("an embed changed", "%(n)d embeds changed", "n"),
        "added": ngettext_lazy("an embed added", "%(n)d embeds added", "n"),
        "removed": ngettext_lazy("an embed removed", "%(n)d embeds removed", "n"),
        "moved": ngettext_lazy("an embed moved", "%(n)d embeds moved", "n"),
    },
    "gallery": {
        "changed": ngettext_lazy("a gallery changed", "%(n)d galleries changed", "n"),
        "added": ngettext_lazy("a gallery added", "%(n)d galleries added", "n"),
        "removed": ngettext_lazy("a gallery removed", "%(n)d galleries removed", "n"),
        "moved": ngettext_lazy("a gallery moved", "%(n)d galleries moved", "n"),
    },
    "table": {
        "changed": ngettext_lazy("a table changed", "%(n)d tables changed", "n"),
        "added": ngettext_lazy("a table added", "%(n)d tables added", "n"),
        "removed": ngettext_lazy("a table removed", "%(n)d tables removed", "n"),
        "moved": ngettext_lazy("a table moved", "%(n)d tables moved", "n"),
    },
    "chart": {
        "changed": ngettext_lazy("a chart changed", "%(n)d charts changed", "n"),
        "added": ngettext_lazy("a chart added", "%(n)d charts added", "n"),
        "removed": ngettext_lazy("a chart removed", "%(n)d charts removed", "n"),
        "moved": ngettext_lazy("a chart moved", "%(n)d charts moved", "n"),
    },
    "film": {
        "changed": ngettext_lazy("a film changed", "%(n)d films changed", "n"),
        "added": ngettext_lazy("a film added", "%(n)d films added", "n"),
        "removed": ngettext_lazy("a film removed", "%(n)d films removed", "n"),
        "moved": ngettext_lazy("a film moved", "%(n)d films moved", "n"),
    },
    "sound": {
        "changed": ngettext_lazy("a sound changed", "%(n)d sounds changed", "n"),
        "added": ngettext_lazy("a sound added", "%(n)d sounds added", "n"),
        "removed": ngettext_lazy("a sound removed", "%(n)d sounds removed", "n"),
        "moved": ngettext_lazy("a sound moved", "%(n)d sounds moved", "n"),
    },
    "block": {
        "changed": ngettext_lazy("a block changed", "%(n)d blocks changed", "n"),
        "added": ngettext_lazy("a block added", "%(n)d blocks added", "n"),
        "removed": ngettext_lazy("a block removed", "%(n)d blocks removed", "n"),
        "moved": ngettext_lazy("a block moved", "%(n)d blocks moved", "n"),
    },
}
"""Sorts of pieces, and what became of how many."""


@dataclass(frozen=True)
class Document:
    """A document that is compared with the one before it and the one after it."""

    fields: dict

    @cached_property
    def pieces(self):
        return pieces_of(self.fields)


def sentence_of_changes(before: Document, after: Document) -> str:
    """“Headline changed; 2 paragraphs changed; a picture added.”"""
    phrases = [
        str(phrase)
        for name, phrase in FIELDS.items()
        if _comparable(before.fields.get(name)) != _comparable(after.fields.get(name))
    ]
    changed = _changed_parts(before, after)
    phrases += [
        str(phrase % {"n": changed[sort, change]})
        for sort, changes in PARTS.items()
        for change, phrase in changes.items()
        if changed[sort, change]
    ]
    if not phrases:
        return _("No word changed.")
    # Translators: between the parts of “Headline changed; 2 paragraphs changed”.
    return capfirst(_("; ").join(phrases)) + "."


def _comparable(value):
    """Names without their slugs, which change by themselves."""
    if isinstance(value, list):
        return [each["name"] for each in value]
    return value["name"] if isinstance(value, dict) else value or ""


def _changed_parts(before, after):
    """How many pieces of each sort changed, were added, were removed and moved."""
    found = Counter()
    for pair in align(before.pieces, after.pieces, most=FEW_PAIRS):
        if pair.left:
            continue
        sort = SORTS.get((pair.new or pair.old).sort, "block")
        if pair.status != "same":
            found[sort, pair.status] += 1
        elif pair.moved:
            found[sort, "moved"] += 1
    return found
