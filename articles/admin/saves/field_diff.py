"""Two versions of a row side by side, with the differences marked."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..parameters import is_key
from .optimistic_form import in_hidden
from .text_diff import TextDiff

DATE_FIELDS = (forms.DateField, forms.DateTimeField, forms.SplitDateTimeField)

UNCOMPARED_FIELDS = {"id", "DELETE"}
"""Fields of a row of a formset that hold no text."""


def compare_and_rebase(form, formsets):
    """`compare`; then all forms start from what is stored now."""
    rows = compare(form, formsets)
    for each in [form, *(row for formset in formsets for row in formset.forms)]:
        if each.instance.pk is not None:
            each.rebase()
    return rows


def compare(form, formsets):
    """What differs between a stored row and the form submitted for it.

    Returns [{label, theirs, mine}] in the form's order, with markup in which `<del>` is only in
    the stored text and `<ins>` only in the submitted one.
    """
    rows = [
        (form.fields[name].label, stored_text(form, name), _mine(form, name))
        for name in form.fields
        if not form.fields[name].widget.is_hidden or name in getattr(form, "stale", ())
    ]
    for formset in formsets:
        rows += _formset_rows(formset)
    diff = TextDiff()
    return [_row(diff, *row) for row in rows if row[1] != row[2]]


def _mine(form, name):
    """What this person typed, or was shown in a field that they left alone."""
    if not getattr(form, "has_hidden_initial", False) or name in form.changed_data:
        return sent_text(form, name)
    if name in form.stale_fields():
        return AsOpened(sent_text(form, name))
    return stored_text(form, name)


class AsOpened(str):
    """A text that the page showed and nobody changed there."""

    __slots__ = ()


def _formset_rows(formset):
    """The rows of one formset."""
    kind = capfirst(formset.model._meta.verbose_name)
    for place, form in enumerate(formset.forms):
        hidden = UNCOMPARED_FIELDS | {formset.fk.name}
        names = [name for name in form.fields if name not in hidden]
        typed = [_mine(form, name) for name in names]
        mine, theirs = "\n".join(filter(None, typed)), ""
        if not getattr(form, "changed_data", None) and any(
            isinstance(part, AsOpened) for part in typed
        ):
            mine = AsOpened(mine)
        if form.instance.pk is not None:
            theirs = "\n".join(filter(None, (stored_text(form, name) for name in names)))
        yield f"{kind} {place + 1}", theirs, mine


def _row(diff, label, theirs, mine):
    row = diff.row(label, theirs, mine)
    if isinstance(mine, AsOpened):
        row["mine"] = _("%s (as you opened it)") % mine if mine else _("(as you opened it)")
    return row


def stored_text(form, name):
    """What is stored in a form's field, as people read it."""
    return _text(form.fields[name], form.initial.get(name, ""))


def sent_text(form, name):
    """What was sent in a form's field, as people read it."""
    return _text(form.fields[name], form[name].value())


def _text(field, value):
    """A field's value as people read it."""
    value = field.prepare_value(value) if value is not None else ""
    if hasattr(field, "queryset"):
        return ", ".join(_row_names(field, value if isinstance(value, (list, tuple)) else [value]))
    if hasattr(field, "choices"):
        return str(dict(field.choices).get(value, value))
    if isinstance(field, DATE_FIELDS):
        return _datetime_text(field, value)
    return str(value or "").replace("\r\n", "\n")


def _datetime_text(field, value):
    """A day, or a datetime to the minute, however the form holds it."""
    if not isinstance(value, (list, str)):
        value = in_hidden(field, value)
    parts = value if isinstance(value, list) else value.replace("T", " ").split()
    return " ".join(part for part in parts if part)[:16]


def _row_names(field, keys):
    """The names of the rows with these keys; a key without a row stands for itself."""
    keys = [str(key) for key in keys if key]
    known = list(filter(is_key, keys))
    names = {str(row.pk): str(row) for row in field.queryset.filter(pk__in=known)} if known else {}
    return [names.get(key, key) for key in keys]
