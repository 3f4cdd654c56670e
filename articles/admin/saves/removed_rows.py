"""Rows of a formset (a topic's other names, say) that a colleague removed during an edit."""

import re

from ...library.whole_numbers import parse_whole_number

MAX_FORMS = 2000

STRUCTURE_FIELDS = {"id", "topic"}
"""Fields of a row that hold no text."""


def readd_removed_rows(data, prefix, stored):
    """Turn rows of a submitted formset that were removed meanwhile into new rows.

    `data` is a mutable QueryDict; `stored` holds the primary keys that exist. Removed rows are
    dropped if they are marked for deletion or nobody changed them. Malformed data is left for the
    formset to refuse.
    """
    total, initial = (
        parse_whole_number(data.get(f"{prefix}-{n}_FORMS")) for n in ("TOTAL", "INITIAL")
    )
    if total is None or initial is None or not initial <= total <= MAX_FORMS:
        return
    keys = [parse_whole_number(data.get(f"{prefix}-{place}-id")) for place in range(total)]
    if stored.issuperset(keys[:initial]) and not any(keys[initial:]):
        return
    rows = _pop_rows(data, prefix, total)
    kept = [row for row, key in zip(rows[:initial], keys, strict=False) if key in stored]
    removed = [row for row, key in zip(rows[:initial], keys, strict=False) if key not in stored]
    new = [_as_new(row) for row in [*filter(_is_written_in, removed), *rows[initial:]]]
    for place, row in enumerate(kept + new):
        for (start, name), values in row.items():
            data.setlist(f"{start}{prefix}-{place}-{name}", values)
    data[f"{prefix}-INITIAL_FORMS"] = str(len(kept))
    data[f"{prefix}-TOTAL_FORMS"] = str(len(kept) + len(new))


def _pop_rows(data, prefix, total):
    """The rows, taken out of the data: {("" or "initial-", name): values} each."""
    rows = [{} for _place in range(total)]
    form = re.compile(rf"(initial-|){re.escape(prefix)}-(\d{{1,5}})-(.+)", re.ASCII)
    for key in list(data):
        match = form.fullmatch(key)
        if match and int(match[2]) < total:
            rows[int(match[2])][match[1], match[3]] = data.pop(key)
    return rows


def _as_new(row):
    """A row to be added: without a key and without initial values."""
    return {(start, name): row[start, name] for start, name in row if not start and name != "id"}


def _is_written_in(row):
    """Whether somebody changed a row since the page was made, and did not mark it for deletion."""
    return ("", "DELETE") not in row and any(
        _normalise(row.get(("initial-", name), [])) != _normalise(values)
        for (start, name), values in row.items()
        if not start and name not in STRUCTURE_FIELDS
    )


def _normalise(values):
    """Values to compare: browsers send other line ends than they were given."""
    return [value.replace("\r\n", "\n").strip() for value in values if value.strip()]
