"""Merging the fields of a story's form with what a colleague stored in them meanwhile."""

from dataclasses import dataclass, field

from ...desk.writing.merge import merge_text
from ...library.fields import TidyFormField
from ..fields.row_fields import InOrderField


@dataclass
class MergedFields:
    """`merged` are the fields that a colleague changed too. Of these, `alternatives` are the
    colleague's texts, by field, where both changed the same words, and in those that are `settled`
    the colleague's choice stays."""

    changed: bool = False
    merged: set[str] = field(default_factory=set)
    alternatives: dict[str, str] = field(default_factory=dict)
    settled: list[str] = field(default_factory=list)


def merge_fields(form):
    """Put into a valid form's post what is to be stored, and say what that came to."""
    merged = MergedFields()
    stale = set(form.stale_fields())
    for name in form.changed_data:
        bound = form[name]
        if not bound.field.has_changed(bound.initial, bound.data):
            continue  # a colleague chose the same
        if name in stale:
            merged.merged.add(name)
            _merge(form, name, merged)
        merged.changed = merged.changed or name not in merged.settled
    return merged


def _merge(form, name, merged):
    """Merge one field that both changed."""
    bound, mine = form.fields[name], form.cleaned_data[name]
    base, theirs = form.initial_in_page(name), form.initial.get(name)
    if isinstance(bound, TidyFormField):
        text, is_conflict = merge_text(base or "", theirs or "", mine or "")
        setattr(form.instance, name, text)
        if is_conflict:
            merged.alternatives[name] = theirs
    elif isinstance(bound, InOrderField):
        form.cleaned_data[name] = _merge_rows(bound, base, theirs, mine)
    else:
        column = form.instance._meta.get_field(name).attname
        setattr(form.instance, column, theirs)
        merged.settled.append(name)


def _merge_rows(bound, base, theirs, mine):
    """Rows in order: theirs, without those that this person took away, and with those added."""
    keys = [str(bound.prepare_value(row)) for row in mine]
    removed = set(map(str, base or ())) - set(keys)
    stored = [getattr(row, "tag", row) for row in theirs]
    kept = [row for row in stored if str(bound.prepare_value(row)) not in removed]
    known = {str(bound.prepare_value(row)) for row in stored} | set(map(str, base or ()))
    return [*kept, *(row for row, key in zip(mine, keys, strict=True) if key not in known)]
