"""Notes to readers: what a correction or another change says about itself."""

import datetime as dt

from ...desk.post import Post


def note_of_change(post: Post, *, at: dt.datetime) -> list[dict]:
    """The note to readers about this change: a list with at most one {kind, note, at}."""
    if post.change_kind == Post.Change.SILENT or not post.change_note.strip():
        return []
    return [{"kind": post.change_kind, "note": post.change_note.strip(), "at": at.isoformat()}]
