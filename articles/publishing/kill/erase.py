"""Erasing: every word of a story goes from every table, and what went is returned to be sealed."""

import datetime as dt
from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import Any

from django.core import serializers
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Exists
from django.dispatch import Signal
from django.utils.translation import gettext as _

from ...desk.post import Post
from ...library.naming.sealed import sealed
from ...library.photo import Photo, originals
from ...library.recording import Recording
from ...library.recordings.store import delete_files
from ...library.stored_folder import delete_folder
from ...library.words.plain_text import plain_text
from ...library.words.stems import words_of
from ..editions.address import sealed_slug
from ..search import index
from ..search.suggester import forget_words
from .elsewhere import first_known, forget_link_headlines
from .logs import write_over_logs
from .words_of import (
    Rows,
    pictures_of_its_own,
    recordings_of_its_own,
    rows_that_go,
    words_fields,
)

DERIVED = frozenset(
    {"TopicListing", "AuthorListing", "PictureUse", "RecordingUse", "StoryParts", "SearchEntry"}
)
"""Tables that only repeat what editions say."""

erasing = Signal()
"""Sent with `post`, in the transaction that erases its words: a table that names no story in a
foreign key takes them out of its own rows, and returns them to be sealed, {table: rows}."""


def erase(post: Post, *, with_pictures: bool, now: dt.datetime) -> dict[str, Any]:
    """Take the words of a locked post out of all tables; the post itself is not saved here.

    Returns what there was: {post, rows, written_over, elsewhere, pictures, recordings, originals},
    and what was said in logs.
    """
    photos = list(pictures_of_its_own(post)) if with_pictures else []
    recordings = list(recordings_of_its_own(post)) if with_pictures else []
    own = _data([post])[0]
    since = first_known(post)
    written_over = _write_over(post)
    for _receiver, said in erasing.send(sender=Post, post=post):
        written_over.update(said)  # type: ignore[arg-type] # a receiver's answer may be anything
    contents: dict[str, Any] = {
        "post": own,
        "written_over": written_over,
        "elsewhere": forget_link_headlines(post, since),
        "rows": _remove_rows(post),
    }
    contents["pictures"] = _data(photos)
    contents["recordings"] = _data(recordings)
    contents["originals"] = [
        *(photo.file.name for photo in photos if photo.file),
        *(recording.file.name for recording in recordings),
    ]
    _remove_recordings(recordings)
    _remove_pictures(photos)
    contents |= write_over_logs(post, contents, since)
    _forget_words(contents, now=now)
    for name in words_fields():
        setattr(post, name, "")
    post.slug_line = _("Killed story %s") % post.pk
    post.translation_of = None
    return contents


def _data(rows: Any) -> list[dict[str, Any]]:
    return [{"pk": row["pk"], **row["fields"]} for row in serializers.serialize("python", rows)]


def _remove_rows(post: Post) -> dict[str, list[dict[str, Any]]]:
    tables = with_rows(post, list(rows_that_go(post)))
    found = {
        model._meta.label_lower: data
        for model, rows in tables
        if model.__name__ not in DERIVED and (data := _data(rows))
    }
    # Those below first: what is asked of them is asked of the rows above.
    for model, rows in reversed(tables):
        if model._meta.label_lower in found:
            rows.erase() if hasattr(rows, "erase") else rows.delete()
    return found


def with_rows(post: Post, tables: list[Rows]) -> list[Rows]:
    """Those of the tables that have any of these rows: a story has some in a few of many."""
    asked = Post.objects.filter(pk=post.pk).values_list(*[Exists(table.rows) for table in tables])
    return [table for table, has in zip(tables, asked.get(), strict=True) if has]


def _forget_words(contents: dict[str, Any], *, now: dt.datetime) -> None:
    """Suggest no word to readers that only this story said."""
    words = index.Vocabulary()
    words.see((), chain(*words_of([plain_text(text) for text in texts_in(contents)])))
    editions = len(contents["rows"].get("articles.edition", ()))
    most = max(editions, contents["post"]["removed_number"])
    forget_words([word for word, *_how in words.rows()], said=most, at=now)


def texts_in(data: Any) -> Iterator[str]:
    """All texts in plain data."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from texts_in(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from texts_in(value)


def _write_over(post: Post) -> dict[str, list[dict[str, Any]]]:
    """Write over the words in rows that stay: of its steps, and its addresses, which go on
    answering."""
    said_before = post.kill_requests.filter(tombstone_before__isnull=False)
    addresses, old_addresses = list(post.addresses.all()), list(post.old_addresses.all())
    written: dict[str, list[Any]] = {
        "articles.transition": list(post.transitions.exclude(note="").values("pk", "note")),
        "articles.address": [
            {"pk": address.pk, "posted_on": address.posted_on, "slug": address.slug}
            for address in addresses
        ],
        "articles.oldaddress": [{"pk": old.pk, "key": old.key} for old in old_addresses],
        "articles.killrequest": list(said_before.values("pk", "tombstone_before")),
    }
    said_before.update(tombstone_before=None)
    post.transitions.all().blank(note="")
    post.transitions.exclude(pictures=None).blank(pictures={})
    for address in addresses:
        address.slug = sealed_slug(address.posted_on, address.slug)
        address.save(update_fields=["slug"])
    for old in old_addresses:
        old.key = sealed(old.key)
        old.save(update_fields=["key"])
    return {table: rows for table, rows in written.items() if rows}


def _remove_pictures(photos: list[Photo]) -> None:
    """Remove pictures from the library, and when that is stored the files that readers could
    open. The originals, which nobody can, stay for the lawyer."""
    keys = [photo.pk for photo in photos]
    if not keys:
        return
    Photo.objects.filter(pk__in=keys).delete()
    for photo in photos:
        transaction.on_commit(partial(delete_folder, f"renditions/{photo.token}"), robust=True)


def _remove_recordings(recordings: list[Recording]) -> None:
    """Remove films and sounds likewise; their files go to where nobody can open them."""
    keys = [recording.pk for recording in recordings]
    if not keys:
        return
    Recording.objects.filter(pk__in=keys).delete()
    for recording in recordings:
        transaction.on_commit(partial(_put_away, recording), robust=True)


def _put_away(recording: Recording) -> None:
    name = str(recording.file.name)
    if default_storage.exists(name):
        with default_storage.open(name) as file:
            originals().save(name, file)
    # Its captions, too, which are words of the story.
    delete_files(recording)
