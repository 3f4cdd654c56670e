"""A page with nothing but the editor of a story, under the strictest policy, without a server."""

import json
import mimetypes
from pathlib import Path

from django.contrib.staticfiles import finders

ADDRESS = "https://desk.test/"
SCRIPTS = Path(__file__).parent / "page"
POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-once'; style-src 'self'; img-src 'self';"
    " font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'"
)
IMPORTS = {"imports": {"django-prose-editor/editor": "/static/django_prose_editor/editor.js"}}
PAGE = """<!DOCTYPE html>
<html lang="en-gb" {theme}>
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Write a story</title>
  <link rel="icon" href="/static/icon.svg">
  <link rel="stylesheet" href="/static/admin/css/base.css">
  <link rel="stylesheet" href="/static/admin/css/dark_mode.css">
  <link rel="stylesheet" href="/static/admin-desk/writing/surface.css">
  <script src="/page/words.js"></script>
  <script type="importmap" nonce="once">{imports}</script>
</head>
<body>
  <main>
    <h1>Write a story</h1>
    <form id="page-form" action="/sent"><p><input type="submit" value="Save the story"></p>
      <div id="lead" class="surface"></div>
      <div id="surface"></div>
    </form>
  </main>
  <script type="application/json" id="given">{given}</script>
  <script type="module" src="/page/start.js"></script>
</body>
</html>"""

PHOTOS = {
    slug: {
        "slug": slug,
        "caption": caption,
        "credit": credit,
        "alt": alt,
        "decorative": False,
        "thumb": "/static/share.png",
        "src": "/static/share.png",
        "width": 1200,
        "height": 630,
        "name": f"{slug}.jpg",
        "rights": "" if usable else "Rights ended on 2 January 2026.",
        "usable": usable,
    }
    for slug, caption, credit, alt, usable in (
        ("market", "The market at noon", "Anna Brown", "Stalls with fruit", True),
        ("harbour", "The harbour in fog", "Tom Okafor", "", True),
        ("expired", "A hall", "Agency", "A hall", False),
    )
}
STORIES = {
    uuid: {
        "uuid": uuid,
        "headline": headline,
        "section": "World",
        "state": "live" if live else "draft",
        "state_label": "Live" if live else "Draft",
        "live": live,
        "date": "26 November 2026",
        "thumb": "",
    }
    for uuid, headline, live in (
        ("u-talks", "Peace talks adjourn without a date", True),
        ("u-convoy", "The convoy that waited", False),
        ("u-vote", "Ministers promise a vote", True),
    )
}
ADDRESSES = {"https://desk.test/talks/": "u-talks", "https://desk.test/convoy/": "u-convoy"}


def paragraph(key, text="", **marks):
    """A paragraph; `bold="words"` sets these in bold."""
    if not text:
        return {"type": "paragraph", "attrs": {"id": key}}
    content = [{"type": "text", "text": text}]
    for mark, words in marks.items():
        before, after = text.split(words, 1)
        content = [
            {"type": "text", "text": before},
            {"type": "text", "marks": [{"type": mark}], "text": words},
            {"type": "text", "text": after},
        ]
    return {"type": "paragraph", "attrs": {"id": key}, "content": [c for c in content if c["text"]]}


def own(kind, key, **attrs):
    """A node of one of our own kinds, with all that it has."""
    names = {
        "caption": ("photo", "caption", "credit", "alt"),
        "relatedlink": ("label", "story", "url", "title", "headline"),
        "pullquote": ("text", "attribution"),
        "embed": ("url", "title", "provider", "photo"),
        "table": ("title", "source", "head", "cells"),
        "chart": (
            *("shape", "title", "description", "unit", "decimal", "source", "note", "cells"),
        ),
        "alternative": ("about", "field", "text", "who"),
    }[kind]
    return {"type": kind, "attrs": {"id": key, **{name: attrs.get(name, "") for name in names}}}


def gallery(key, *pictures, title=""):
    """The node of a gallery of these pictures, [(id, photo)] or [(id, photo, attributes)]."""
    held = [own("caption", each[0], photo=each[1], **dict(*each[2:]))["attrs"] for each in pictures]
    return {"type": "gallery", "attrs": {"id": key, "title": title, "pictures": held}}


def open_surface(page, *body, locked=(), readonly=False, lead=None, theme=""):
    """Show a story's body in the editor; the page's `complaints` are what its console said."""
    given = {
        "body": list(body),
        "lead": lead,
        "locked": list(locked),
        "readonly": readonly,
        "photos": PHOTOS,
        "stories": STORIES,
        "addresses": ADDRESSES,
    }
    html = (
        PAGE.replace("{imports}", json.dumps(IMPORTS))
        .replace("{given}", json.dumps(given).replace("<", "\\u003c"))
        .replace("{theme}", f'data-theme="{theme}"' if theme else "")
    )

    def answer(route):
        path = route.request.url.removeprefix(ADDRESS).split("?")[0]
        if not path:
            headers = {"content-security-policy": POLICY, "content-type": "text/html"}
            return route.fulfill(body=html, headers=headers)
        if path.startswith("page/"):
            found = SCRIPTS / path.removeprefix("page/")
        else:
            found = finders.find(path.removeprefix("static/"))
        if not found:
            return route.fulfill(status=404, body=path)
        kind = "text/javascript" if path.endswith(".js") else mimetypes.guess_type(path)[0]
        return route.fulfill(body=Path(found).read_bytes(), content_type=kind)

    page.complaints = []
    page.on("console", lambda said: said.type != "log" and page.complaints.append(said.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.route("**/*", answer)
    page.goto(ADDRESS)
    page.wait_for_selector("html[data-ready]", state="attached", timeout=10_000)
    return page
