"""RSS 2.0, with the text, the authors and the pictures in the usual modules."""

from django.utils.feedgenerator import Rss201rev2Feed, rfc3339_date
from django.utils.html import escape

from .xml_feed import MEDIA, Shared

MOST_ENCLOSURES = 1
"""Programs take no more than one of an item (https://www.rssboard.org/rss-profile)."""


class Rss(Shared, Rss201rev2Feed):
    """A feed as RSS 2.0 (https://www.rssboard.org/rss-specification)."""

    prefix = "atom:"

    @staticmethod
    def description_of(entry):
        """RSS reads descriptions as HTML."""
        return escape(entry.summary)

    def rss_attributes(self):
        return super().rss_attributes() | {
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
            "xmlns:media": MEDIA,
        }

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        entry = item["entry"]
        for author in entry.authors:
            handler.addQuickElement("dc:creator", author["name"])
        handler.addQuickElement("dc:language", entry.language)
        handler.addQuickElement("atom:updated", rfc3339_date(entry.updated))
        if entry.html is not None:
            handler.addQuickElement("content:encoded", entry.html)
        for each in entry.recordings[:MOST_ENCLOSURES]:
            file = {"url": each["url"], "length": str(each["bytes"]), "type": each["type"]}
            handler.addQuickElement("enclosure", None, file)
        if entry.picture:
            self.add_picture(handler, entry.picture)
