"""From the address that a story gives to a photo of the library, or to why there is none."""

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import PurePosixPath
from typing import IO
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ...library.bounded_dict import BoundedDict
from ...library.fetching.fetch import PICTURE_LIMIT, fetch
from ...library.fetching.target import FetchRefused
from ...library.naming.old_paths import path_key
from ...library.photo import Photo
from ...library.uploads.examine import copy_and_hash
from ...publishing.old_addresses.old_address import OldAddress
from ..addresses import originals_of, upload_key
from ..imported_story import ImportedPicture
from ..incoming import Attachment, Unreadable, Use
from ..options import Options
from ..readers.opened import is_zip
from ..readers.zips import Stream
from ..scratch import Scratch
from .files import Files, Refused, files_at, keys_of
from .store import renew_words, store_photo


class Missing(Exception):
    """A picture that does not come; says why."""


class PictureFinder:
    """Finds pictures, and stores each in the library the first time."""

    def __init__(self, scratch: Scratch, options: Options) -> None:
        self.scratch, self.options = scratch, options
        self.sources: list[Files] = []
        self.photos: BoundedDict = BoundedDict(2_000)
        before = ImportedPicture.objects.filter(source=options.source)
        self.came_before = before.exists()

    def open(self) -> None:
        """List what is in `--pictures`, and in exports that are zips. Raises Unreadable."""
        if self.options.pictures:
            self.sources.append(files_at(self.options.pictures))
        for path in self.options.files:
            # What is wrong with an export is told when it is read.
            with suppress(Unreadable, OSError):
                self.sources += [files_at(path)] if is_zip(path) else []
        for number, files in enumerate(self.sources):
            named = ((key, f"{number}:{name}") for key, name in keys_of(files))
            self.scratch.run_many("INSERT OR IGNORE INTO files VALUES (?, ?)", named)

    def close(self) -> None:
        for files in self.sources:
            files.close()

    def find(self, use: Use) -> Photo:
        """The photo of a picture that a story uses. Raises Missing."""
        attachment = self.attachment_of(use)
        address = use.address or (attachment.address if attachment else "")
        if not address:
            raise Missing(_("The export does not say where picture %s is.") % use.attachment[:40])
        if name := self.file_of(address, attachment):
            photo = self.photo_of(name, address, attachment)
            self.scratch.run("INSERT OR IGNORE INTO used VALUES (?, ?)", (address, photo.pk))
            return photo
        if photo := self.known(use, attachment):
            return photo
        if host_of(address) in self.options.fetch_from:
            return self.photo_of("", attachment.address if attachment else address, attachment)
        if not self.sources and not self.options.fetch_from:
            raise Missing(_("No folder with pictures was given."))
        raise Missing(_("It is not among the pictures that were given."))

    def is_given(self, use: Use) -> bool:
        """Whether a picture that did not come before is among those of this run, and is one."""
        attachment = self.attachment_of(use)
        address = use.address or (attachment.address if attachment else "")
        if (
            not self.file_of(address, attachment)
            and host_of(address) not in self.options.fetch_from
        ):
            return False
        try:
            self.find(use)
        except Missing:
            return False
        return True

    def known(self, use: Use, attachment: Attachment | None) -> Photo | None:
        """The photo that an earlier run brought, of a picture that is not given this time."""
        if not self.came_before:
            return None
        address = attachment.address if attachment else ""
        photo = picture_at((use.address, address), use.attachment, source=self.options.source)
        if photo and attachment:
            renew_words(photo, attachment, self.options)
        return photo

    def attachment_of(self, use: Use) -> Attachment | None:
        columns = "SELECT id, address, parent, alt, caption, credit FROM attachments"
        rows = []
        if use.address:
            keys = originals_of(upload_key(use.address))
            found = self.scratch.rows(
                f"{columns} WHERE key IN ({', '.join('?' * len(keys))}) ORDER BY id",
                keys,
            )
            exact = [row for row in found if upload_key(row[1]) == keys[-1]]
            rows = exact or found
        if use.attachment and not rows:
            rows = self.scratch.rows(f"{columns} WHERE id = ?", [use.attachment])
        return Attachment(*rows[0]) if rows else None

    def of_story(self, key: str) -> list[Use]:
        """All pictures that were uploaded to a story."""
        rows = self.scratch.rows(
            "SELECT id FROM attachments WHERE parent = ? ORDER BY CAST(id AS INTEGER), id", [key]
        )
        return [Use(attachment=number) for (number,) in rows]

    def file_of(self, address: str, attachment: Attachment | None) -> str:
        """The name of the file of a picture, its original if that is there."""
        keys = originals_of(upload_key(address))
        if attachment:
            own = upload_key(attachment.address)
            # What the export calls an attachment is an original, whatever its name looks like.
            keys = [*originals_of(own)[::-1], *keys] if own == keys[-1] else [own, *keys]
        for key in dict.fromkeys(keys):
            if rows := self.scratch.rows("SELECT name FROM files WHERE key = ?", [key]):
                return rows[0][0]
        return ""

    def photo_of(self, name: str, address: str, attachment: Attachment | None) -> Photo:
        known = self.scratch.rows(
            "SELECT photo, why FROM pictures WHERE name = ?", [name or address]
        )
        if known and known[0][1]:
            raise Missing(known[0][1])
        if known:
            return self.photo(known[0][0])
        try:
            with self.opened(name, address) as file:
                photo = self.stored(file, name or address, address, attachment)
        except (Refused, FetchRefused) as error:
            why = str(error)
        except ValidationError as error:
            why = " ".join(error.messages)
        else:
            self.remember(name or address, photo.pk, "")
            self.photos[photo.pk] = photo
            return photo
        self.remember(name or address, None, why)
        raise Missing(why)

    def remember(self, name: str, photo: int | None, why: str) -> None:
        self.scratch.run("INSERT INTO pictures VALUES (?, ?, ?)", (name, photo, why))

    def photo(self, pk: int) -> Photo:
        if pk not in self.photos:
            self.photos[pk] = Photo.objects.get(pk=pk)
        return self.photos[pk]

    @contextmanager
    def opened(self, name: str, address: str) -> Iterator[IO[bytes] | Stream]:
        if name:
            number, _colon, name = name.partition(":")
            with self.sources[int(number)].open(name) as file:
                yield file
        else:
            hosts = {*self.options.fetch_from}
            yield io.BytesIO(fetch(address, limit=PICTURE_LIMIT, hosts=hosts).body)

    def stored(
        self, file: IO[bytes] | Stream, name: str, address: str, attachment: Attachment | None
    ) -> Photo:
        copy, content_hash = copy_and_hash(file)
        with copy:
            if same := Photo.objects.filter(content_hash=content_hash).order_by("pk").first():
                photo = same.merged_into or same
                if attachment:
                    renew_words(photo, attachment, self.options)
                return photo
            path = urlsplit(name).path if "://" in name else name.partition(":")[2]
            stem = PurePosixPath(path).stem
            words = {key: getattr(attachment, key, "") for key in ("alt", "caption", "credit")}
            return store_photo(copy, stem, words, address=address, options=self.options)


def picture_at(addresses: Iterable[str], attachment: str, *, source: str = "") -> Photo | None:
    """The photo at some old addresses, or of an attachment's number."""
    places = [*map(path_key, addresses), path_key(f"/?attachment_id={attachment}")]
    rows = OldAddress.objects.filter(key__in=filter(None, places), picture__isnull=False)
    if source:
        rows = rows.filter(source=source)
    row = rows.select_related("picture").order_by("-key").first()
    return row.picture if row else None


def host_of(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return ""
