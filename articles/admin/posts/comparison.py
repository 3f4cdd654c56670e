"""Two texts of a story side by side, with what differs marked."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ...desk.rich_text import prose
from ...desk.rich_text.field import ProseFormField
from ..saves.started_from import in_hidden
from .differences import Differences

MOMENTS = (forms.DateField, forms.DateTimeField, forms.SplitDateTimeField)

NOT_SHOWN = {"id", "region", "ordering", "DELETE"}


def compare(form, formsets):
    """What differs between the stored story and a form sent for it.

    Returns [{label, theirs, mine}] in the form's order, with markup in which `<del>` is only in
    the stored text and `<ins>` only in the sent one.
    """
    rows = [
        (form.fields[name].label, stored_text(form, name), _mine(form, name))
        for name in form.fields
        if not form.fields[name].widget.is_hidden or name in getattr(form, "theirs", ())
    ]
    for formset in formsets:
        rows += _blocks(formset)
    page = Differences()
    return [_row(page, *row) for row in rows if row[1] != row[2]]


def _mine(form, name):
    """What this person typed; of a field that they left alone, what they were shown."""
    if not getattr(form, "says_start", False) or name in form.changed_data:
        return _sent(form, name)
    if name in form.changed_meanwhile():
        return AsOpened(_sent(form, name))
    return stored_text(form, name)


class AsOpened(str):
    """A text that a page showed and nobody typed there."""

    __slots__ = ()


def _blocks(formset):
    """The rows of one kind of block, with those that only the stored story has."""
    kind, seen = capfirst(formset.model._meta.verbose_name), set()
    for place, form in enumerate(formset.forms):
        if form.instance.pk:
            seen.add(form.instance.pk)
        names = [name for name in form.fields if name not in NOT_SHOWN and name != formset.fk.name]
        typed = [_mine(form, name) for name in names]
        mine = "\n".join(filter(None, typed))
        if not getattr(form, "changed_data", None) and any(
            isinstance(part, AsOpened) for part in typed
        ):
            mine = AsOpened(mine)
        theirs = "\n".join(filter(None, (stored_text(form, name) for name in names)))
        if form.instance.pk is None:
            theirs = ""
        yield f"{kind} {place + 1}", theirs, mine
    for other in formset.get_queryset():
        if other.pk not in seen and hasattr(other, "summary"):
            text = _words(other.html) if hasattr(other, "html") else other.summary()
            yield _("%s, added by your colleague") % kind, text, ""


def _row(page, label, theirs, mine):
    left, right = page.marked(theirs, mine)
    if isinstance(mine, AsOpened):
        right = _("%s (as you opened it)") % mine if mine else _("(as you opened it)")
    return {"label": capfirst(str(label)), "theirs": left, "mine": right}


def stored_text(form, name):
    """What is stored in a field of a form, as a person would read it."""
    return _text(form, name, form.initial.get(name, ""))


def _sent(form, name):
    return _text(form, name, form[name].value())


def _text(form, name, value):
    """A field's value as a person would read it."""
    field = form.fields[name]
    value = field.prepare_value(value) if value is not None else ""
    if hasattr(field, "queryset"):
        return ", ".join(_names(field, value if isinstance(value, (list, tuple)) else [value]))
    if hasattr(field, "choices"):
        return str(dict(field.choices).get(value, value))
    if isinstance(field, MOMENTS):
        return _moment(field, value)
    text = str(value or "")
    return _words(text) if isinstance(field, ProseFormField) else text.replace("\r\n", "\n")


def _moment(field, value):
    """A day, or a moment to the minute, however the form holds it."""
    if not isinstance(value, (list, str)):
        value = in_hidden(field, value)
    parts = value if isinstance(value, list) else value.replace("T", " ").split()
    return " ".join(part for part in parts if part)[:16]


def _names(field, keys):
    """What the rows with these keys are called; a key that no row has stands for itself."""
    keys = [str(key) for key in keys if key]
    known = [key for key in keys if key.isascii() and key.isdigit() and len(key) < 19]
    names = {str(row.pk): str(row) for row in field.queryset.filter(pk__in=known)} if known else {}
    return [names.get(key, key) for key in keys]


def _words(html):
    """The words of a rich text; what is no story is shown as it was typed."""
    return prose.plain(html) if prose.is_readable(html) else html
