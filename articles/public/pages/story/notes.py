"""The notes to readers about what was changed in a story."""

import datetime as dt

from ....publishing.editions.edition import Edition


def reader_notes(edition):
    """The notes to readers, newest last: [{kind, kind_text, note, at}]."""
    return [
        {
            **note,
            "kind_text": Edition.Kind(note["kind"]).label,
            "at": dt.datetime.fromisoformat(note["at"]),
        }
        for note in edition.notes
    ]
