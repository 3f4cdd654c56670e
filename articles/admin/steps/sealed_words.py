"""What was sealed of a killed story, as a person reads it: tables, rows, and fields in words."""

import re
from html import unescape

from django.apps import apps
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _

EMPTY = (None, "", [], {}, False)
END_OF_LINE = re.compile(r"</(?:p|li|h\d|blockquote|tr)>|<br\s*/?>")
TABLES = {"post": "articles.post", "pictures": "articles.photo", "recordings": "articles.recording"}
"""Parts of the contents that are rows of one table."""


def sealed_in_words(contents):
    """[{name, rows: [[(label, words)]]}] of what `erase` sealed, without what is empty."""
    tables = []
    for part, said in contents.items():
        if part in {"rows", "written_over"}:
            tables += [_table(label, rows) for label, rows in said.items()]
        else:
            rows = [said] if isinstance(said, dict) else said
            tables.append(_table(TABLES.get(part, part), rows))
    return [table for table in tables if table["rows"]]


def _table(label, rows):
    model = _model(label)
    fields = model._meta.get_fields() if model else ()
    labels = {field.name: str(getattr(field, "verbose_name", field.name)) for field in fields}
    name = model._meta.verbose_name_plural if model else label
    found = [_row(row, labels) for row in rows or ()]
    return {"name": capfirst(_plain(str(name))), "rows": list(filter(None, found))}


def _row(row, labels):
    if not isinstance(row, dict):
        return [("", in_words(row))]
    return [
        (capfirst(labels.get(field, _plain(field))), in_words(value))
        for field, value in row.items()
        if value not in EMPTY
    ]


def in_words(value):
    """A value as lines of text: markup is taken off, and what is nested is listed."""
    if value is True:
        return _("yes")
    if isinstance(value, dict):
        said = value.items()
        return "\n".join(f"{_plain(k)}: {in_words(v)}" for k, v in said if v not in EMPTY)
    if isinstance(value, list | tuple):
        return "\n".join(in_words(each) for each in value if each not in EMPTY)
    return unescape(strip_tags(END_OF_LINE.sub("\n", str(value)))).strip()


def _plain(name):
    return str(name).replace("_", " ").replace(".", " ")


def _model(label):
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None
