"""The fields of a story's form: which of them were sent, and what they hold."""

from django.contrib.admin.utils import flatten_fieldsets

INITIAL = "initial-"


def fields_in(data, fieldsets):
    """The names of the fields of which a form sent a value, or the value that the page showed."""
    sent = {key.removeprefix(INITIAL) for key in data}
    return {name for name in flatten_fieldsets(fieldsets) if name in sent}


def field_values(form):
    """{name: [[value, label]]} as a page shows them: one, or for rows in order any number."""
    return {bound.name: _values(bound) for bound in form}


def _values(bound):
    value = bound.field.prepare_value(bound.initial)
    widget = getattr(bound.field.widget, "widget", bound.field.widget)
    if getattr(widget, "allow_multiple_selected", False):
        rows = [getattr(row, "tag", row) for row in bound.initial or ()]
        return [[str(row.pk), str(row)] for row in rows]
    shown = widget.format_value(value)
    if isinstance(shown, list):
        shown = shown[0] if shown else ""
    return [["" if shown is None else str(shown), ""]]
