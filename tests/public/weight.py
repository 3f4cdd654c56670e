"""Weighing a page with all that it needs before it can be shown."""

import gzip
import re

from django.contrib.staticfiles import finders

from newsroom.static_storage import bundle


def weight_of(page):
    """The bytes of a page and all its styles, packed."""
    styles = [
        re.search(r'href="(.*?)"', link)[1]
        for link in elements(page, "link")
        if 'rel="stylesheet"' in link
    ]
    assert styles
    return packed(page.encode()) + sum(packed(static_file(style)) for style in styles)


def elements(page, name):
    """The start tags of all elements of this name."""
    return re.findall(rf"<{name}\b[^>]*>", page)


def packed(data):
    """How many bytes some data take on the way."""
    return len(gzip.compress(data, 6))


def static_file(address):
    """The bytes of a file that a page names, as readers are sent it."""
    name = address.removeprefix("/static/")
    if name.startswith("css/"):
        return bundle(name, all_files()).encode()
    with open(finders.find(name), "rb") as file:
        return file.read()


def all_files():
    """Where each static file is: {name: (storage, path)}."""
    found = (each for finder in finders.get_finders() for each in finder.list([]))
    return {path: (storage, path) for path, storage in found}
