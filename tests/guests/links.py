"""Preview links for tests, and what a guest does with them."""

import re
from urllib.parse import urlencode

from articles.publishing.preview_links.make import make_link
from tests.builders import make_post


def shared(by, post=None, **choices):
    """(post, link) of a story that this person shares."""
    post = post or make_post("As it will be", text="<p>Marker words.</p>", status="draft")
    return post, make_link(post, by=by, **choices)


def address(link):
    return f"/preview/{link.token}/"


def shown(page):
    """What a page's forms say that it showed."""
    return re.search(r'name="shown" value="([^"]+)"', page.text)[1]


def body_of(page, sends, **fields):
    """What a browser sends from one of a page's forms."""
    return urlencode({"sends": sends, "shown": shown(page), "name": "Jane Smith"} | fields)


def send(client, link, sends, page=None, **fields):
    """Send one of the forms of a link's page as a browser does."""
    body = body_of(page or client.get(address(link)), sends, **fields)
    return client.post(address(link), body, content_type="application/x-www-form-urlencoded")
