"""Stores one picture of the old site as a photo of the library, with the words that it brings."""

from typing import IO

from django.db import transaction
from django.utils.text import slugify

from ...desk.search.index import index_named
from ...library.fields import MOST_WORDS
from ...library.photo import Photo
from ...library.uploads.examine import Picture, examine
from ...library.uploads.store import delete_stored, store_picture
from ...publishing.invalidation.affected_keys import keys_of_photo
from ...publishing.invalidation.invalidate import invalidate
from ...publishing.pictures.where_used import posts_with
from ..addresses import originals_of, upload_key
from ..imported_story import ImportedPicture
from ..incoming import Attachment
from ..options import Options

WORDS = ("alt", "caption", "credit")


def store_photo(
    file: IO[bytes], stem: str, words: dict[str, str], *, address: str, options: Options
) -> Photo:
    """The new photo of a file. Raises ValidationError for what an upload would be refused for.

    In a dry run its row is made, for the reports to be the same, and nothing is stored.
    """
    photo = Photo(
        slug=free_slug(stem),
        alt=words["alt"][:MOST_WORDS],
        caption=words["caption"][:MOST_WORDS],
        credit=words["credit"][:200],
    )
    picture = examine(file, photo, wait=True)
    try:
        if options.dry_run:
            fill(photo, picture)
        else:
            store_picture(photo, picture)
        photo.credit = photo.credit or options.credit
        with transaction.atomic():
            photo.save()
            ImportedPicture.objects.create(
                photo=photo, source=options.source, address=address[:500], words=words_of(photo)
            )
    except BaseException:
        delete_stored(picture)
        raise
    return photo


def words_of(photo: Photo) -> dict[str, str]:
    return {name: getattr(photo, name) for name in WORDS}


def renew_words(photo: Photo, attachment: Attachment, options: Options) -> None:
    """Give a picture what the other site says of it now, where it was left alone here.

    What is published keeps what it was published with, until its story is published anew.
    """
    known = ImportedPicture.objects.filter(photo=photo, source=options.source).first()
    if known is None or known.words is None or not is_same_file(attachment, known):
        return
    given = {"alt": attachment.alt[:MOST_WORDS], "caption": attachment.caption[:MOST_WORDS]}
    given["credit"] = attachment.credit[:200]
    changed = {
        name: words
        for name, words in given.items()
        if words and words != known.words[name] == getattr(photo, name)
    }
    if not changed:
        return
    with transaction.atomic():
        for name, words in changed.items():
            setattr(photo, name, words)
        photo.save()
        known.words |= changed
        known.save(update_fields=["words"])
        invalidate(keys_of_photo(photo))
        index_named(posts_with(photo))


def is_same_file(attachment: Attachment, known: ImportedPicture) -> bool:
    """Whether a picture came from this attachment, and not from another with the same bytes."""
    return upload_key(attachment.address) in originals_of(upload_key(known.address))


def fill(photo: Photo, picture: Picture) -> None:
    """What `store_picture` sets, without storing anything."""
    photo.token, photo.content_hash = picture.token, picture.content_hash
    photo.width, photo.height = picture.width, picture.height
    photo.formats, photo.series = " ".join(picture.formats), picture.series
    photo.look = picture.look
    photo.file = f"{picture.token}/{photo.slug[:80]}.{picture.suffix}"  # type: ignore[assignment]
    for name, value in picture.fields.items():
        if not getattr(photo, name):
            setattr(photo, name, value)
    picture.files.clear()
    if picture.file is not None:
        picture.file.close()


def free_slug(stem: str) -> str:
    base = slugify(stem)[:80] or "picture"
    taken = set(Photo.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
