"""The notes to readers about what was changed in a story."""

import datetime as dt

from ....publishing.editions.edition import Edition


def notes_by_place(edition):
    """The notes to readers, oldest first, by where they stand: `before` the headline, at the `top`
    of the story, at its `foot`; `first` is the first of these places that has any."""
    notes = {"before": [], "top": [], "foot": []}
    for note in reader_notes(edition):
        notes[note["place"]].append(note)
    return notes | {"first": next((place for place, some in notes.items() if some), "")}


def reader_notes(edition):
    """The notes to readers, newest last: [{kind, kind_text, note, at, place}]."""
    return [
        {
            **note,
            "kind_text": Edition.Kind(note["kind"]).label,
            "at": dt.datetime.fromisoformat(note["at"]),
            "place": "before"
            if note["kind"] == Edition.Kind.RETRACTION
            else note.get("place", "foot"),
        }
        for note in edition.notes
    ]
