"""Rows that every database makes for itself: kinds of content, permissions and roles.

A plain dump names them by the numbers that they have in its own database. Here they may have
others, so they are found by their names.
"""

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db import models

OWN = {
    ContentType: ("app_label", "model"),
    Permission: ("content_type_id", "codename"),
    Group: ("name",),
}


def renumber(nodes, using):
    """Give such rows, and all that name them, the numbers that they have in this database."""
    numbers = {}
    for model, names in OWN.items():
        # In this order: a permission is known by the number of its kind of content.
        own = [node for node in nodes if _is_row_of(model, node)]
        _refer(own, numbers)
        rows = model.objects.using(using)
        here = {tuple(map(str, row[1:])): row[0] for row in rows.values_list("pk", *names)}
        for node in own:
            values = {part: node["fields"].get(part.removesuffix("_id")) for part in names}
            name = tuple(map(str, values.values()))
            if name not in here and None not in values.values():
                here[name] = rows.create(**values).pk
            if name in here:
                numbers[model, str(node["pk"])] = node["pk"] = here[name]
    _refer([node for node in nodes if not any(_is_row_of(m, node) for m in OWN)], numbers)


def _is_row_of(model, node):
    return (
        isinstance(node, dict)
        and node.get("model") == model._meta.label_lower
        and isinstance(node.get("fields"), dict)
        and "pk" in node
    )


def _refer(nodes, numbers):
    """Write the numbers of this database where nodes name such rows."""
    for node in nodes:
        for name, value in _fields_of(node).items():
            model = _named_by(node["model"], name)
            if model in OWN and isinstance(value, list):
                node["fields"][name] = [numbers.get((model, str(each)), each) for each in value]
            elif model in OWN:
                node["fields"][name] = numbers.get((model, str(value)), value)


def _fields_of(node):
    """A copy of a node's fields; none for what is no row."""
    known = isinstance(node, dict) and isinstance(node.get("model"), str)
    return dict(node["fields"]) if known and isinstance(node.get("fields"), dict) else {}


def _named_by(label, field):
    """The model of the rows that a field names, or None."""
    if (label, field) not in _found:
        try:
            found = apps.get_model(label)._meta.get_field(field)
        except (LookupError, ValueError, AttributeError, TypeError, FieldDoesNotExist):
            return None
        names = isinstance(found, models.ForeignKey | models.ManyToManyField)
        _found[label, field] = found.remote_field.model if names else None
    return _found[label, field]


_found = {}
