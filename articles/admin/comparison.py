"""Two texts of a story side by side, with what differs marked."""

import re
from difflib import SequenceMatcher

from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..desk import prose

MOST_WORDS = 3000
"""Longer texts are compared paragraph by paragraph: words would take too long."""

NOT_SHOWN = {"id", "region", "ordering", "DELETE"}


def compare(form, formsets):
    """What differs between the stored story and a form sent for it.

    Returns [{label, theirs, mine}] in the form's order, with markup in which `<del>` is only in
    the stored text and `<ins>` only in the sent one.
    """
    rows = [
        _row(form.fields[name].label, _stored(form, name), _sent(form, name))
        for name in form.fields
        if not form.fields[name].widget.is_hidden
    ]
    for formset in formsets:
        rows += _blocks(formset)
    return [row for row in rows if row]


def _blocks(formset):
    """The rows of one kind of block, with those that only the stored story has."""
    kind, seen = capfirst(formset.model._meta.verbose_name), set()
    for place, form in enumerate(formset.forms):
        if form.instance.pk:
            seen.add(form.instance.pk)
        names = [name for name in form.fields if name not in NOT_SHOWN and name != formset.fk.name]
        mine = "\n".join(filter(None, (_sent(form, name) for name in names)))
        theirs = "\n".join(filter(None, (_stored(form, name) for name in names)))
        if form.instance.pk is None:
            theirs = ""
        yield _row(f"{kind} {place + 1}", theirs, mine)
    for other in formset.get_queryset():
        if other.pk not in seen and hasattr(other, "summary"):
            text = prose.plain(other.html) if hasattr(other, "html") else other.summary()
            yield _row(_("%s, added by your colleague") % kind, text, "")


def _row(label, theirs, mine):
    if theirs == mine:
        return None
    left, right = differences(theirs, mine)
    return {"label": capfirst(str(label)), "theirs": left, "mine": right}


def _stored(form, name):
    return _text(form, name, form.initial.get(name, ""))


def _sent(form, name):
    return _text(form, name, form[name].value())


def _text(form, name, value):
    """A field's value as a person would read it."""
    field = form.fields[name]
    value = field.prepare_value(value) if value is not None else ""
    if isinstance(value, (list, tuple)) or hasattr(value, "values_list"):
        return ", ".join(str(getattr(part, "tag", part)) for part in value if part)
    if hasattr(field, "queryset") and value:
        chosen = field.queryset.filter(pk=value).first() if str(value).isdigit() else None
        return str(chosen or value)
    if hasattr(field, "choices"):
        return str(dict(field.choices).get(value, value))
    if hasattr(value, "strftime"):
        return value.strftime("%Y-%m-%d %H:%M")
    text = str(value or "")
    return prose.plain(text) if text.lstrip().startswith("<") else text.replace("\r\n", "\n")


def differences(theirs, mine):
    """Two texts as markup: what only the first has in `<del>`, what only the second in `<ins>`."""
    left, right = _pieces(theirs), _pieces(mine)
    if len(left) + len(right) > MOST_WORDS * 2:
        left, right = theirs.splitlines(keepends=True), mine.splitlines(keepends=True)
    shown = [], []
    for what, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        old, new = escape("".join(left[a:b])), escape("".join(right[c:d]))
        same = what == "equal"
        shown[0].append(old if same or not old else f"<del>{old}</del>")
        shown[1].append(new if same or not new else f"<ins>{new}</ins>")
    return mark_safe("".join(shown[0])), mark_safe("".join(shown[1]))


def _pieces(text):
    return re.findall(r"\S+\s*|\s+", text)
