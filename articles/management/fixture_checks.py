"""What a fixture may not say: values that the desk's own forms would not let in either."""

import json
import re

from django.core.exceptions import ValidationError
from django.db import models

from ..desk.blocks.base import Block
from ..desk.post import Post
from ..library.names import Named, name_key
from .broken import Broken

NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


def refuse_unknown_parts(where, node):
    """Raise Broken unless an object is made of a model, its fields and perhaps its number."""
    if not isinstance(node, dict) or not isinstance(node.get("fields"), dict):
        raise Broken(where, "", "an object has a “model” and “fields”")
    if unknown := set(node) - {"model", "pk", "fields"}:
        said = ", ".join(sorted(map(str, unknown)))
        raise Broken(where, said, "an object has a “model”, “fields” and perhaps a “pk”")


def refuse_what_no_database_stores(where, fields):
    """Raise Broken for characters that one database takes and the other does not."""
    for name, value in fields.items():
        text = json.dumps(value, default=str, ensure_ascii=False)
        if NUL.search(text):
            raise Broken(where, name, "it holds a NUL character")
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise Broken(where, name, "it holds half a character") from error


def check(where, row, fields):
    """Raise Broken for a value of one of our own rows that cannot be meant."""
    if row._meta.app_label != "articles":
        return
    for field in row._meta.fields:
        if field.name in fields:
            _check_field(where, row, field)
    if isinstance(row, Block) and row.region not in dict(PLACES):
        said = ", ".join(dict(PLACES))
        raise Broken(where, "region", f"“{row.region}” is none of: {said}")
    try:
        row.clean_fields(exclude=_not_cleaned(row, fields))
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Broken(where, field, " ".join(messages)) from error


PLACES = [(region.key, region.title) for region in Post.regions]


def _check_field(where, row, field):
    value = getattr(row, field.attname)
    # A null is refused by the database in words that nobody reads.
    if value is None and not field.null and not field.primary_key:
        raise Broken(where, field.name, "it cannot be empty (null)")
    if not field.editable and field.choices and value not in dict(field.flatchoices):
        said = ", ".join(str(choice) for choice in dict(field.flatchoices))
        raise Broken(where, field.name, f"“{value}” is none of: {said}")


def _not_cleaned(row, fields):
    """The fields that no form would look at: what is left out, what points elsewhere, and what
    may be stored empty though nobody types it."""
    return {
        field.name
        for field in row._meta.fields
        if field.name not in fields
        or isinstance(field, models.ForeignKey | models.FileField)
        or (field.null and getattr(row, field.attname) is None)
        or (isinstance(field, models.JSONField) and not getattr(row, field.attname))
    }


def refuse_what_is_missing(where, row):
    """Raise Broken for a new row without something that it needs."""
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if value is None and not field.null and not field.primary_key:
            raise Broken(where, field.name, "it is missing")
    if isinstance(row, Named) and not name_key(row.name):
        raise Broken(where, "name", "it is missing")


def reason_of(error, model):
    """Why the database refuses a row: in the words of its own constraint, where that has some."""
    said = str(error.__cause__ or error).strip()
    for constraint in model._meta.constraints:
        message = constraint.violation_error_message
        if constraint.name in said and message != constraint.default_violation_error_message:
            return str(message)
    return f"the database refuses it: {said}"
