"""What a post must have before readers may see it."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Self

from django.conf import settings
from django.utils.translation import gettext as _

from ...desk.blocks import PICTURE_MODELS, Caption, Table, Text
from ...desk.blocks.film import poster_faults
from ...desk.blocks.recording_block import RecordingBlock
from ...desk.legal_hold.held import hold_refusals
from ...desk.post import Post
from ...desk.rich_text import sanitiser
from ...desk.second_reader_rule import ReviewState
from ...desk.translation import language_taken, wrong_original
from ...desk.workflow import Refusal
from ...library.date_formats import format_day
from ...library.days import is_possible, outside
from ...library.naming.slugs import is_slug
from ...library.photo import Photo
from ...library.pictures.in_blocks import pictures_in
from ...library.recording import Recording
from ..dates import day_of
from ..editions.address import Address, slug_of, slugs_at
from ..editions.document import Parts
from ..editions.edition import Edition
from .embargo import embargo_refusals


class Shortcoming(str):
    """A sentence that says what is missing; `place` is the field, or the id of the node, where it
    is put right, and `words` are those that are wrong there, if it is words."""

    __slots__ = ("place", "words")
    place: str
    words: str

    def __new__(cls, sentence: str, place: str, words: str = "") -> Self:
        shortcoming = super().__new__(cls, sentence)
        shortcoming.place, shortcoming.words = place, words
        return shortcoming


class NotReady(Refusal):
    """A post lacks something; `shortcomings` is the list of sentences that say what."""

    def __init__(self, shortcomings: Sequence[str]) -> None:
        self.shortcomings = shortcomings
        super().__init__(" ".join(shortcomings))


def shortcomings(
    post: Post, parts: Parts, *, on: dt.date | None = None, any_pictures: bool = False
) -> list[Shortcoming]:
    """What keeps a post with these parts from being published: sentences; empty when nothing.

    With a day, also whether the rights allow the pictures then. With `any_pictures`, nothing is
    asked of pictures: readers saw the story with them before, on another site.
    """
    missing = [Shortcoming(sentence, place) for place, sentence in _missing(post, parts)]
    for block in parts.blocks[post.pk]:
        if any_pictures and isinstance(block, PICTURE_MODELS):
            continue
        missing += [Shortcoming(line, block.first_node) for line in block.shortcomings(on)]
    return missing


def _missing(post: Post, parts: Parts) -> Iterator[tuple[str, str]]:
    """(field, sentence) for what is missing beside the blocks' own rules."""
    if not post.headline.strip():
        yield "headline", _("The headline is missing.")
    if not post.section_id:
        yield "section", _("The section is missing.")
    if not has_words(parts.region(post, "body")):
        yield "body", _("The story has no text.")
    if len(parts.region(post, "lead")) > 1:
        yield "lead", _("One picture leads a story: move the others into the text.")
    if post.change_kind and not post.change_note.strip():
        yield (
            "change_note",
            _("“%s” needs a note to readers that says what was changed.")
            % post.get_change_kind_display(),
        )
    if not is_slug(slug_of(post)):
        yield "slug", _("No page can have this address. Choose another, of letters and digits.")
    for fault in faults_of_translation(post, parts):
        yield "translation_of", fault
    if post.published_at and not is_possible(post.published_at):
        yield "published_at", _("“Posted on”: %s") % outside(post.published_at)


def edition_refusals(
    post: Post, edition: Edition, photos: dict[str, Photo] | None = None
) -> list[str]:
    """Why a scheduled edition would be refused if it were scheduled now: sentences, or none.

    `photos` are those of `photos_in` its document, if they are at hand.
    """
    photos = photos_in(edition.document) if photos is None else photos
    return [
        *hold_refusals(post),
        *embargo_refusals(post, edition.live_from),
        *picture_faults(edition.document, photos, on=day_of(edition.live_from)),
        *unread_words(post, edition),
    ]


def unread_words(post: Post, edition: Edition) -> list[str]:
    """That an edition says what only its writers have read: a list with at most one sentence."""
    if not settings.SECOND_READER or edition.made_by_id is None:
        return []
    review = ReviewState(post, edition.version, lambda: edition.document)
    return [] if review.is_complete else [review.unread_message]


def captions_in(document: dict) -> list[dict]:
    """What shows a picture in a document, those in galleries too."""
    blocks = chain.from_iterable(document["regions"].values())
    return [each for each in pictures_in(blocks) if "own" in each]


def photos_in(document: dict) -> dict[str, Photo]:
    """The pictures of a document by their slugs, as the library has them now."""
    slugs = {block["picture"]["slug"] for block in captions_in(document)}
    return Photo.objects.in_bulk(slugs, field_name="slug") if slugs else {}


def picture_faults(document: dict, photos: dict[str, Photo], *, on: dt.date) -> list[str]:
    """What is missing on a day of the pictures of a document."""
    missing = []
    for block in captions_in(document):
        photo = photos.get(block["picture"]["slug"])
        if photo and "recording" in block:
            missing += poster_faults(photo, block["recording"]["title"], on)
        elif photo:
            missing += Caption(photo=photo, **block["own"]).shortcomings(on)
        else:
            words = block["picture"]["caption"] or block["picture"]["slug"]
            missing.append(_("The picture “%s” is no longer in the library.") % words)
    return missing


def lock_pictures(blocks: list) -> None:
    """Read the recordings and photos of some blocks anew, and lock them until the step is over;
    with a photo that was merged the one that it was merged with, whose rights count."""
    lock_recordings([block for block in blocks if isinstance(block, RecordingBlock)])
    keys = {photo.pk for block in blocks for photo in block.photos()}
    if not keys:
        return
    photos = Photo.objects.select_for_update(no_key=True).order_by("pk")
    found = photos.in_bulk(keys)
    # While the merged ones are locked, they are merged with no other.
    kept = photos.in_bulk({photo.merged_into_id for photo in found.values()} - {None, *found})
    kept |= found
    for photo in found.values():
        if photo.merged_into_id:
            photo.merged_into = kept[photo.merged_into_id]
    for block in blocks:
        if isinstance(block, PICTURE_MODELS) and block.photo_id:
            block.photo = found[block.photo_id]
        elif isinstance(block, RecordingBlock) and block.recording.poster_id:
            block.recording.poster = found[block.recording.poster_id]


def lock_recordings(blocks: list[RecordingBlock]) -> None:
    if not blocks:
        return
    recordings = Recording.objects.select_for_update(no_key=True, of=("self",)).order_by("pk")
    keys = [block.recording_id for block in blocks]
    found = recordings.select_related("poster").in_bulk(keys)
    for block in blocks:
        block.recording = found[block.recording_id]


def faults_of_translation(post: Post, parts: Parts) -> list[str]:
    """What is wrong between a post and others of its family: a list with at most one sentence."""
    family, original = parts.families[post.pk], parts.original(post)
    fault = (original and wrong_original(post, original, family)) or language_taken(post, family)
    return [fault] if fault else []


def has_words(blocks: list) -> bool:
    return any(
        isinstance(block, Table) or (isinstance(block, Text) and sanitiser.words_of(block.html))
        for block in blocks
    )


def refuse_taken_address(post: Post, posted_on: dt.date, slug: str) -> None:
    """Raise NotReady when the address belongs, or once belonged, to another story."""
    taken = Address.objects.filter(posted_on=posted_on, slug__in=slugs_at(posted_on, slug))
    if taken.exclude(post=post).exists():
        raise NotReady(
            [
                _("Another story of %(day)s has the address “%(slug)s”. Choose another address.")
                % {"day": format_day(posted_on), "slug": slug}
            ]
        )
