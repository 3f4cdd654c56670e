"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json

from django.utils.feedgenerator import rfc3339_date

from ..head.json_ld import without_empty


def write_feed(feed):
    """The whole feed, written."""
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page_url,
        "feed_url": feed.url,
        "description": feed.description,
        "next_url": feed.links.get("next"),
        "language": feed.language,
        "authors": [{"name": feed.publisher, "url": feed.site_url}],
        "hubs": [{"type": "WebSub", "url": feed.links["hub"]}] if "hub" in feed.links else None,
    }
    items = [each.entry for each in feed.entries]
    return json.dumps(without_empty(document) | {"items": items}, ensure_ascii=False)


def write_entry(entry):
    """One entry; it has a text, as HTML or, where feeds carry summaries, plain."""
    picture = entry.picture or {}
    return without_empty(
        {
            "id": entry.id,
            "url": entry.url,
            "title": entry.title,
            "content_html": entry.html,
            "content_text": (entry.summary or entry.title) if entry.html is None else None,
            "summary": entry.summary,
            "image": picture.get("url"),
            "date_published": rfc3339_date(entry.published),
            "date_modified": rfc3339_date(entry.updated),
            "authors": [without_empty(author) for author in entry.authors],
            "tags": entry.categories,
            "language": entry.language,
            "attachments": [attachment_of(each) for each in entry.recordings],
            "_picture": without_empty(
                {name: picture.get(name) for name in ("credit", "caption", "alt")}
            ),
        }
    )


def attachment_of(recording):
    """A film or a sound; its length is left out where it is not known."""
    attachment = {
        "url": recording["url"],
        "mime_type": recording["type"],
        "title": recording["title"],
        "size_in_bytes": recording["bytes"],
    }
    known = {"duration_in_seconds": recording["seconds"]} if recording["seconds"] else {}
    return attachment | known
