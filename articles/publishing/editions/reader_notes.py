"""Notes to readers: what a correction or another change says about itself."""

import datetime as dt

from ...desk.post import Post

CHANGE = ("change_kind", "change_note", "change_place")
"""The fields of a post that say what its next edition tells readers about itself."""


def forget_change(post: Post) -> None:
    """Have the next edition say nothing about itself (not saved here)."""
    post.change_kind, post.change_note = Post.Change.SILENT, ""
    post.change_place = Post.NotePlace.FOOT


def note_of_change(post: Post, *, at: dt.datetime) -> list[dict]:
    """The note to readers about this change: a list with at most one {kind, note, at, place}. A
    retraction stands above the story, whatever was chosen."""
    if post.change_kind == Post.Change.SILENT or not post.change_note.strip():
        return []
    is_retraction = post.change_kind == Post.Change.RETRACTION
    return [
        {
            "kind": post.change_kind,
            "note": post.change_note.strip(),
            "at": at.isoformat(),
            "place": Post.NotePlace.TOP if is_retraction else post.change_place,
        }
    ]
