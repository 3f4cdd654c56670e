"""Adding and removing old addresses: by hand, in bulk, and as CSV (path, kind, target)."""

import csv
import re
from collections.abc import Iterable
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from ...desk.post import Post
from ...library.author import Author
from ...library.naming.old_paths import path_key
from ...library.photo import Photo
from ...library.section import Section
from ...library.topic import Topic
from ..editions.address import Address
from ..invalidation.invalidate import invalidate
from ..surrogate_keys import LISTS_KEY
from .old_address import THINGS, OldAddress

COLUMNS = ("path", "kind", "target")
MODELS: dict[str, Any] = {
    "topic": Topic,
    "author": Author,
    "section": Section,
    "picture": Photo,
}
_STORY = re.compile(r"/(\d{4})/(\d\d)/(\d\d)/([^/]+)/?")
_LOCAL = re.compile(r"/(?![/\\])[^\x00-\x20\\]*")


def make_old_address(address: str, kind: str, target: str, *, was: str = "") -> OldAddress:
    """An unsaved old address that leads to a target, as CSV names it. Raises ValidationError."""
    key = path_key(address)
    if not key:
        raise ValidationError({"key": _("This is no address of a page: %s") % address[:100]})
    row = OldAddress(key=key, was=was)
    if kind == "path":
        if not _LOCAL.fullmatch(target) or len(target) > 500:
            raise ValidationError({"target": _("A path of this site begins with one slash.")})
        if path_key(target) == key or OldAddress.objects.filter(key=path_key(target)).exists():
            raise ValidationError(
                {"target": _("This leads to an old address. Name what that one leads to.")}
            )
        row.path = target
    elif kind in THINGS:
        thing = _story(target) if kind == "story" else MODELS[kind].objects.filter(slug=target)
        found = thing.first()
        if found is None:
            raise ValidationError({"target": _("There is no %s “%s”.") % (kind, target[:100])})
        setattr(row, kind, found)
    else:
        raise ValidationError({"kind": _("An old address cannot lead to a “%s”.") % kind[:40]})
    return row


def _story(target: str) -> Any:
    """The post that a target names: by its address here, or as source/id."""
    if found := _STORY.fullmatch(target):
        year, month, day, slug = found.groups()
        try:
            addresses = Address.objects.filter(posted_on=f"{year}-{month}-{day}", slug=slug)
            return Post.objects.filter(pk__in=addresses.values("post"))
        except ValidationError:
            return Post.objects.none()
    source, _slash, source_id = target.partition("/")
    return Post.objects.filter(source=source, source_id=source_id)


@transaction.atomic
def add_old_address(address: str, kind: str, target: str) -> OldAddress:
    """Store one, and let pages that say 404 be made anew. Raises ValidationError."""
    row = make_old_address(address, kind, target)
    row.full_clean()
    row.save()
    invalidate([LISTS_KEY])
    return row


@transaction.atomic
def remove_old_addresses(keys: Iterable[int]) -> int:
    """Remove those with these primary keys; returns how many there were."""
    count, _rows = OldAddress.objects.filter(pk__in=list(keys)).delete()
    if count:
        invalidate([LISTS_KEY])
    return count


def add_missing(rows: Iterable[OldAddress]) -> list[OldAddress]:
    """Store those whose key nobody has; returns those whose key leads to something else already.

    The caller invalidates.
    """
    by_key = {row.key: row for row in reversed(list(rows))}
    kept, missing = [], dict(by_key)
    keys = list(by_key)
    for start in range(0, len(keys), 500):
        for there in OldAddress.objects.filter(key__in=keys[start : start + 500]):
            mine = missing.pop(there.key)
            if any(getattr(mine, f"{name}_id") != getattr(there, f"{name}_id") for name in THINGS):
                kept.append(mine)
    OldAddress.objects.bulk_create(missing.values(), ignore_conflicts=True)
    return kept


@transaction.atomic
def read_csv(file: IO[str]) -> int:
    """Add all lines of a CSV, or none; returns how many are new. Raises ValidationError with the
    number of each line that makes no sense."""
    lines = csv.DictReader(file)
    if not set(COLUMNS) <= set(lines.fieldnames or ()):
        raise ValidationError(_("The first line must say: path,kind,target"))
    rows, faults = [], []
    for line in lines:
        path, kind, target = ((line[name] or "").strip() for name in COLUMNS)
        try:
            rows.append(make_old_address(path, kind, target))
        except ValidationError as error:
            faults.append(
                _("Line %(line)d: %(what)s")
                % {"line": lines.line_num, "what": " ".join(error.messages)}
            )
    if faults:
        raise ValidationError(faults[:20])
    before = OldAddress.objects.count()
    add_missing(rows)
    invalidate([LISTS_KEY])
    return OldAddress.objects.count() - before


def write_csv(file: IO[str]) -> int:
    """Write all of them; returns how many."""
    out = csv.writer(file, lineterminator="\n")
    out.writerow(COLUMNS)
    count = 0
    for row in _with_targets().iterator(chunk_size=1000):
        out.writerow((as_address(row.key), row.kind, target_of(row)))
        count += 1
    return count


def as_address(key: str) -> str:
    return f"/{key}" if key.startswith("?") else key


def _with_targets() -> Any:
    newest = Address.objects.filter(post=OuterRef("story")).order_by("-pk")
    return OldAddress.objects.select_related(*MODELS, "story").annotate(
        day=Subquery(newest.values("posted_on")[:1]), slug=Subquery(newest.values("slug")[:1])
    )


def target_of(row: Any) -> str:
    """What a row leads to, as CSV names it."""
    if row.kind == "path":
        return row.path
    if row.kind != "story":
        return getattr(row, row.kind).slug
    day = getattr(row, "day", None)
    if day:
        return f"/{day:%Y/%m/%d}/{row.slug}/"
    return f"{row.story.source}/{row.story.source_id}"
