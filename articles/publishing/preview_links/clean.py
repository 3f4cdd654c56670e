"""Tidying what people typed before it is stored."""

from django.core.exceptions import ValidationError
from django.db.models import Model

from ...desk.workflow import Refusal


def clean_fields(row: Model, *names: str) -> None:
    """Tidy and check these fields of a row that is not stored yet. Raises Refusal."""
    others = [field.name for field in row._meta.fields if field.name not in names]
    try:
        row.clean_fields(exclude=others)
    except ValidationError as error:
        raise Refusal(" ".join(error.messages)) from None
