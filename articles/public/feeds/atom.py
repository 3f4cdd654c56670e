"""Atom."""

from django.utils.feedgenerator import Atom1Feed

from .xml_feed import MEDIA, Shared


class Atom(Shared, Atom1Feed):
    """A feed as Atom (RFC 4287)."""

    @staticmethod
    def description_of(entry):
        """The summary is written below, as the plain text it is."""

    def root_attributes(self):
        return super().root_attributes() | {"xmlns:media": MEDIA}

    def item_attributes(self, item):
        return {"xml:lang": item["entry"].language}

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        entry = item["entry"]
        for author in entry.authors:
            handler.startElement("author", {})
            handler.addQuickElement("name", author["name"])
            if author["url"]:
                handler.addQuickElement("uri", author["url"])
            handler.endElement("author")
        if entry.summary or entry.html is None:
            handler.addQuickElement("summary", entry.summary or entry.title, {"type": "text"})
        if entry.html is not None:
            handler.addQuickElement("content", entry.html, {"type": "html"})
        for each in entry.recordings:
            link = {"rel": "enclosure", "href": each["url"], "type": each["type"]}
            link |= {"length": str(each["bytes"]), "title": each["title"]}
            handler.addQuickElement("link", None, link)
        if entry.picture:
            self.add_picture(handler, entry.picture)
