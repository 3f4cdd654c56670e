"""Blocks that a colleague removed while somebody was writing in them."""

MOST_FORMS = 2000


def as_new_blocks(data, prefix, there):
    """Turn, in the sent data of a formset, rows that are not there any more into new rows.

    `data` is a QueryDict that may be written; `there` holds the primary keys that exist. Rows
    marked for deletion that are gone are dropped. Nonsense is left for the formset to refuse.
    """
    total, initial = (_count(data, f"{prefix}-{name}_FORMS") for name in ("TOTAL", "INITIAL"))
    if total is None or initial is None or initial > total:
        return
    rows = [_row(data, f"{prefix}-{place}-") for place in range(total)]
    kept = [row for row in rows[:initial] if _key(row) in there]
    gone = [row for row in rows[:initial] if _key(row) not in there]
    fresh = [row for row in gone if "DELETE" not in row] + rows[initial:]
    if not gone and all(not _key(row) for row in rows[initial:]):
        return
    for row in fresh:
        row.pop("id", None)
    for place in range(total):
        for name in rows[place].keys() | {"id"}:
            data.pop(f"{prefix}-{place}-{name}", None)
    for place, row in enumerate(kept + fresh):
        for name, values in row.items():
            data.setlist(f"{prefix}-{place}-{name}", values)
    data[f"{prefix}-INITIAL_FORMS"] = str(len(kept))
    data[f"{prefix}-TOTAL_FORMS"] = str(len(kept) + len(fresh))


def _count(data, name):
    text = data.get(name, "")
    if not (text.isascii() and text.isdigit()) or len(text) > 5 or int(text) > MOST_FORMS:
        return None
    return int(text)


def _row(data, start):
    return {key[len(start) :]: values for key, values in data.lists() if key.startswith(start)}


def _key(row):
    text = (row.get("id") or [""])[-1]
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


NOT_WORDS = ("csrfmiddlewaretoken", "seen_version", "initial-", "_")
NUMBERS = ("_FORMS", "-id", "-parent", "-ordering", "-region", "-DELETE")


def typed_words(data):
    """[(name of the field, text)] of all that was typed into a form."""
    return [
        (key, text)
        for key, text in data.items()
        if text.strip() and not key.startswith(NOT_WORDS) and not key.endswith(NUMBERS)
    ]
