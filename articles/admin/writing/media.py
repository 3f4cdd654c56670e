"""The scripts and style sheets of the writing screen."""

import re
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath

from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import format_html_join
from js_asset import ImportMap, Media, Script

from ..fields.pickers import SCRIPTS

MAIN = "admin-desk/writing/main.js"
IMPORTED = re.compile(r'^(?:import|export)\b[^;"]*"(\.[^"]+)";', re.MULTILINE)

SHEETS = [
    "css/tokens.css",
    "admin-desk/flow.css",
    "admin-desk/pickers.css",
    "admin-desk/beside.css",
    "admin-desk/share.css",
    "admin-desk/writing/surface.css",
    "admin-desk/writing/dialogs.css",
    "admin-desk/writing/find.css",
    "admin-desk/writing/writing.css",
]


@cache
def modules_of(name):
    """The module with this name and all that it imports, as names of static files."""
    found, waiting = [], [name]
    while waiting:
        module = waiting.pop(0)
        if module not in found:
            found.append(module)
            text = Path(finders.find(module)).read_text()
            waiting += [normpath(join(dirname(module), each)) for each in IMPORTED.findall(text)]
    return found


class Preloads:
    """Links by which a browser asks for all modules at once, not for one after the other."""

    def __html__(self):
        modules = ((static(each),) for each in modules_of(MAIN))
        return format_html_join("\n", '<link rel="modulepreload" href="{}">', modules)

    __str__ = __html__


WRITING_MEDIA = Media(
    importmap=ImportMap({"django-prose-editor/editor": "django_prose_editor/editor.js"}),
    css={"all": SHEETS},
    js=[
        Preloads(),
        *SCRIPTS,
        Script("django_prose_editor/editor.js", type="module"),
        Script(MAIN, type="module"),
        Script("admin-desk/beside.js", type="module"),
    ],
)
