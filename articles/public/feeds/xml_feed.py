"""What RSS and Atom share: the words of the feed, the hub, the neighbours and the pictures."""

import datetime as dt
from io import StringIO

from django.utils.xmlutils import SimplerXMLGenerator

NOTHING_YET = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
"""When an empty feed was last changed: a moment that does not move, so that its ETag holds."""

MEDIA = "http://search.yahoo.com/mrss/"


class Shared:
    """Comes before one of Django's feed generators, which write most of a feed."""

    prefix = ""
    """What stands before Atom's own elements."""

    @classmethod
    def write_entry(cls, entry):
        """An entry, written."""
        writer, written = cls(title="", link="", description=""), StringIO()
        writer.add_item(
            title=entry.title,
            link=entry.url,
            description=cls.description_of(entry),
            pubdate=entry.published,
            updateddate=entry.updated,
            unique_id=entry.id,
            unique_id_is_permalink=False,
            categories=entry.categories,
            entry=entry,
        )
        handler = SimplerXMLGenerator(written, "utf-8", short_empty_elements=True)
        super().write_items(writer, handler)
        return written.getvalue()

    @classmethod
    def write_feed(cls, feed):
        """The whole feed, written."""
        writer = cls(
            title=feed.title,
            link=feed.page_url,
            description=feed.description,
            subtitle=feed.description,
            language=feed.language,
            feed_url=feed.url,
            feed_guid=feed.id,
            author_name=feed.publisher,
            author_link=feed.site_url,
        )
        writer.source = feed
        return writer.writeString("utf-8")

    def latest_post_date(self):
        return max((entry.updated for entry in self.source.entries), default=NOTHING_YET)

    def write_items(self, handler):
        for each in self.source.entries:
            # Not white space at all, but markup: it is written as it is.
            handler.ignorableWhitespace(each.entry)

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        for rel, url in self.source.links.items():
            handler.addQuickElement(f"{self.prefix}link", None, {"rel": rel, "href": url})

    def add_picture(self, handler, picture):
        """The lead picture, with whom to credit, as Media RSS says it."""
        size = {"width": str(picture["width"]), "height": str(picture["height"])}
        handler.startElement(
            "media:content",
            {"url": picture["url"], "medium": "image", "type": picture["type"], **size},
        )
        for name, words in (
            ("media:credit", picture["credit"]),
            ("media:description", picture["caption"]),
            ("media:text", picture["alt"]),
        ):
            if words:
                plain = {} if name == "media:credit" else {"type": "plain"}
                handler.addQuickElement(name, words, plain)
        handler.endElement("media:content")
