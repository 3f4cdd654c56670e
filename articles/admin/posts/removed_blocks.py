"""Blocks that a colleague removed while somebody was writing in them."""

import re

MOST_FORMS = 2000

STRUCTURE = {"id", "parent", "topic", "region", "ordering"}
"""Fields of a row that nobody writes words in."""


def as_new_blocks(data, prefix, there):
    """Turn, in the sent data of a formset, rows that are not there any more into new rows.

    `data` is a QueryDict that may be written; `there` holds the primary keys that exist. Rows that
    are gone are dropped when they are marked for deletion, or when nobody wrote in them. Nonsense
    is left for the formset to refuse.
    """
    total, initial = (_count(data, f"{prefix}-{name}_FORMS") for name in ("TOTAL", "INITIAL"))
    if total is None or initial is None or initial > total:
        return
    keys = [_key(data.get(f"{prefix}-{place}-id", "")) for place in range(total)]
    if there.issuperset(keys[:initial]) and not any(keys[initial:]):
        return
    rows = _take_rows(data, prefix, total)
    kept = [row for row, key in zip(rows[:initial], keys, strict=False) if key in there]
    gone = [row for row, key in zip(rows[:initial], keys, strict=False) if key not in there]
    fresh = [_without_start(row) for row in gone if _is_written_in(row)]
    fresh += [_without_start(row) for row in rows[initial:]]
    for place, row in enumerate(kept + fresh):
        for (start, name), values in row.items():
            data.setlist(f"{start}{prefix}-{place}-{name}", values)
    data[f"{prefix}-INITIAL_FORMS"] = str(len(kept))
    data[f"{prefix}-TOTAL_FORMS"] = str(len(kept) + len(fresh))


def _count(data, name):
    text = data.get(name, "")
    if not (text.isascii() and text.isdigit()) or len(text) > 5 or int(text) > MOST_FORMS:
        return None
    return int(text)


def _key(text):
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _take_rows(data, prefix, total):
    """The rows, out of the data: {("" or "initial-", name): values} each."""
    rows = [{} for _place in range(total)]
    form = re.compile(rf"(initial-|){re.escape(prefix)}-(\d{{1,5}})-(.+)", re.ASCII)
    for key in list(data):
        match = form.fullmatch(key)
        if match and int(match[2]) < total:
            rows[int(match[2])][match[1], match[3]] = data.pop(key)
    return rows


def _without_start(row):
    """A row that is to be added: it has no key, and started from nothing."""
    return {(start, name): row[start, name] for start, name in row if not start and name != "id"}


def _is_written_in(row):
    """Whether somebody changed a row since its page was made, and did not want it removed."""
    return ("", "DELETE") not in row and any(
        _plain(row.get(("initial-", name), [])) != _plain(values)
        for (start, name), values in row.items()
        if not start and name not in STRUCTURE
    )


def _plain(values):
    """What was sent, as it is compared: browsers send other line ends than they were sent."""
    return [value.replace("\r\n", "\n").strip() for value in values if value.strip()]


NOT_WORDS = ("csrfmiddlewaretoken", "form_token", "seen_version", "initial-", "_")
NUMBERS = ("_FORMS", "-id", "-parent", "-ordering", "-region", "-DELETE")


def typed_words(data):
    """[(name of the field, text)] of all that was typed into a form."""
    return [
        (key, text)
        for key, text in data.items()
        if text.strip()
        and not key.startswith(NOT_WORDS)
        and not key.endswith(NUMBERS)
        and "password" not in key
    ]
