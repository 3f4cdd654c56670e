"""Filling in the writing screen as a browser does: all that the page holds, then changes."""

import json
from itertools import count

from django.contrib import messages

from articles.desk.writing.nodes import nodes_of

from .forms import change_url, sent_from, shown
from .writing.sending import paragraph

keys = count(1)


def form_of(page):
    """The fields and values that a page would send back untouched."""
    return sent_from(page.context)


def edit(data, change):
    """Let `change` have the document in the data, to change it."""
    document = json.loads(data["document"])
    change(document)
    data["document"] = json.dumps(document)
    return data


def prose(html):
    """The nodes of HTML in canonical form, each with an id of its own."""
    return [
        node | {"attrs": {"id": f"typed-{next(keys)}", **node.get("attrs", {})}}
        for node in nodes_of(html)
    ]


def add_block(data, kind, *, region="body", html="", **attrs):
    """Put one more block at the end of a region; of a text, the nodes of its HTML."""
    own = {"type": kind, "attrs": {"id": f"new-{next(keys)}", **attrs}}
    return edit(
        data, lambda document: document[region].extend(prose(html) if kind == "text" else [own])
    )


def retype(data, at, text):
    """Put other words into the paragraph at a place."""

    def change(document):
        node = document["body"][at]
        document["body"][at] = paragraph(node["attrs"]["id"], text)

    return edit(data, change)


def remove(data, at):
    """Take away what stands at a place."""
    return edit(data, lambda document: document["body"].pop(at))


def save(client, post=None, *, change=None, **fields):
    """Open the page, change what is said, and send it; `change` gets the data before that."""
    address = change_url(post) if post else "/admin/articles/post/add/"
    data = sent_from(shown(client, address))
    if change:
        change(data)
    return client.post(address, data | fields, follow=True)


def errors_of(page):
    """All that a page says of what was not saved, one string."""
    told = page.context.get("messages", ())
    said = [str(message) for message in told if message.level == messages.ERROR]
    return " ".join([*said, page.context.get("why", "")])
