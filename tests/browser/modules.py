"""Modules of the desk in a browser by themselves, without a server or a database."""

import json
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

from newsroom.content_security_policy import readers_policy

ADDRESS = "https://desk.test"
NONCE = "of-this-test"
POLICY = readers_policy().replace("script-src 'self'", f"script-src 'self' 'nonce-{NONCE}'")
IMPORTS = {"imports": {"django-prose-editor/editor": "/static/django_prose_editor/editor.js"}}
PAGE = f"""<!doctype html><html lang="en-gb"><meta charset="utf-8"><title>Desk</title>
<script type="importmap" nonce="{NONCE}">{json.dumps(IMPORTS)}</script>
<main></main>"""
TYPES = {".js": "text/javascript", ".css": "text/css"}

# Django's catalogue of translations, in English; and a list of what the policy forbade.
CATALOGUE = """
window.gettext = (text) => text;
window.ngettext = (one, many, count) => (count === 1 ? one : many);
window.interpolate = (text, values, named) => text.replace(
  named ? /%\\((\\w+)\\)s/g : /%s/g, (_all, name) => (named ? values[name] : values.shift()));
window.forbidden = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.forbidden.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
});
"""


def open_desk(page):
    """Show an empty page that may import the desk's modules, under the site's own policy."""
    assert NONCE in POLICY
    page.add_init_script(CATALOGUE)
    page.route("**/*", _answer)
    page.goto(f"{ADDRESS}/")
    return page


def _answer(route):
    path = route.request.url.removeprefix(ADDRESS)
    if path == "/":
        headers = {"Content-Type": "text/html", "Content-Security-Policy": POLICY}
        route.fulfill(body=PAGE, headers=headers)
        return
    file = (
        finders.find(path.removeprefix(settings.STATIC_URL))
        if path.startswith("/static/")
        else None
    )
    if file is None:
        route.fulfill(status=404)
    else:
        route.fulfill(body=Path(file).read_bytes(), content_type=TYPES[Path(file).suffix])
