"""Links of a page in the time machine: to pages of the site at the same moment."""

import re
from html import escape, unescape

from django.conf import settings
from django.urls import reverse

_LINK = re.compile(r'(<(?:a|area|form)\b[^>]*?\s(?:href|action)=")([^"]*)(")')
# The bar comes after the link that skips to the content, which has to be the first.
_BODY = re.compile(r'<body[^>]*>(\s*<a class="skip"[^>]*>[^<]*</a>)?')


def inside(url, root, origin):
    """The URL of a page of the site at the moment that `root` names; any other URL as it is.

    `origin` is the site's own: https://news.example.org.
    """
    for own in {origin, settings.SITE_URL} - {""}:
        if url == own or url.startswith(own + "/"):
            url = url[len(own) :] or "/"
    is_page = url.startswith("/") and not url.startswith(("//", "/\\", reverse("admin:index")))
    if not is_page or url.startswith((settings.STATIC_URL, settings.MEDIA_URL)):
        return url
    return root + url


def with_bar(page, root, origin, *, head, bar):
    """A page (markup) whose links stay at the moment, with more in its head and a bar on top."""

    def moved(found):
        url = inside(unescape(found[2]), root, origin)
        return found[1] + escape(url) + found[3]

    page = _LINK.sub(moved, page)
    body = _BODY.search(page)
    if body is None:
        return bar + page
    before = page[: body.start()].replace("</head>", head + "</head>", 1)
    return before + body[0] + bar + page[body.end() :]
