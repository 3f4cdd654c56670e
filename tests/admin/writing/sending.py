"""Saves of a story as the writing screen sends them."""

import json

from articles.desk.writing.document import read

NEW = "/admin/articles/post/add/save/"


def paragraph(key, text):
    return {"type": "paragraph", "attrs": {"id": key}, "content": [{"type": "text", "text": text}]}


def document_of(post):
    """The document of a post as it is stored."""
    return read(post).document


def ids(document):
    return [node["attrs"]["id"] for node in document["body"]]


def words(document):
    """The words of each paragraph of a document."""
    return ["".join(part["text"] for part in node.get("content", ())) for node in document["body"]]


def send(client, post=None, *, document=None, base=None, version=None, auto=True, **fields):
    """Send a save; documents are given as they are."""
    data = dict(fields)
    data["version"] = version if version is not None else (post.version if post else 0)
    if auto:
        data["auto"] = "1"
    for name, value in (("document", document), ("base", base)):
        if value is not None:
            data[name] = value if isinstance(value, str) else json.dumps(value)
    address = f"/admin/articles/post/{post.pk}/save/" if post else NEW
    return client.post(address, data, headers={"Accept": "application/json"})
