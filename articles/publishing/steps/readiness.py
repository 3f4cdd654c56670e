"""What a post must have before readers may see it."""

import datetime as dt

from django.conf import settings
from django.utils.translation import gettext as _

from ...desk.blocks import Caption, Text
from ...desk.post import Post
from ...desk.rich_text import sanitiser
from ...desk.second_reader_rule import ReviewState
from ...desk.translation import language_taken, wrong_original
from ...desk.workflow import Refusal
from ...library.date_formats import format_day
from ...library.days import is_possible, outside
from ...library.naming.slugs import is_slug
from ...library.photo import Photo
from ..dates import day_of
from ..editions.address import Address, slug_of
from ..editions.document import Parts
from ..editions.edition import CORRECTION_KINDS, Edition
from .embargo import embargo_refusals


class NotReady(Refusal):
    """A post lacks something; `shortcomings` is the list of sentences that say what."""

    def __init__(self, shortcomings: list[str]) -> None:
        self.shortcomings = shortcomings
        super().__init__(" ".join(shortcomings))


def shortcomings(post: Post, parts: Parts, *, on: dt.date | None = None) -> list[str]:
    """What keeps a post with these parts from being published: sentences; empty when nothing.

    With a day, also whether the rights allow the pictures then.
    """
    missing = []
    if not post.headline.strip():
        missing.append(_("The headline is missing."))
    if not post.section_id:
        missing.append(_("The section is missing."))
    if not has_words(parts.region(post, "body")):
        missing.append(_("The story has no text."))
    if len(parts.region(post, "lead")) > 1:
        missing.append(_("One picture leads a story: move the others into the text."))
    if post.change_kind in CORRECTION_KINDS and not post.change_note.strip():
        missing.append(
            _("A %s needs a note to readers that says what was changed.")
            % post.get_change_kind_display().lower()
        )
    if not is_slug(slug_of(post)):
        missing.append(_("No page can have this address. Choose another, of letters and digits."))
    missing.extend(faults_of_translation(post, parts))
    if post.published_at and not is_possible(post.published_at):
        missing.append(_("“Posted on”: %s") % outside(post.published_at))
    for block in parts.blocks[post.pk]:
        missing.extend(block.shortcomings(on))
    return missing


def edition_refusals(post: Post, edition: Edition) -> list[str]:
    """Why a scheduled edition would be refused if it were scheduled now: sentences, or none."""
    return [
        *embargo_refusals(post, edition.live_from),
        *picture_faults(edition.document, on=day_of(edition.live_from)),
        *unread_words(post, edition),
    ]


def unread_words(post: Post, edition: Edition) -> list[str]:
    """That an edition says what only its writers have read: a list with at most one sentence."""
    if not settings.SECOND_READER or edition.made_by_id is None:
        return []
    review = ReviewState(post, edition.version, edition.document)
    return [] if review.is_complete else [review.unread_message]


def picture_faults(document: dict, *, on: dt.date) -> list[str]:
    """What is missing on a day of the pictures of a document, as the library has them now."""
    used = [
        block
        for blocks in document["regions"].values()
        for block in blocks
        if block["kind"] == Caption.kind
    ]
    slugs = {block["picture"]["slug"] for block in used}
    photos = Photo.objects.in_bulk(slugs, field_name="slug") if slugs else {}
    missing = []
    for block in used:
        photo = photos.get(block["picture"]["slug"])
        if photo:
            missing += Caption(photo=photo, **block["own"]).shortcomings(on)
        else:
            words = block["picture"]["caption"] or block["picture"]["slug"]
            missing.append(_("The picture “%s” is no longer in the library.") % words)
    return missing


def lock_pictures(blocks: list) -> None:
    """Read the photos of some blocks anew, and lock them until the step is over."""
    captions = [block for block in blocks if isinstance(block, Caption)]
    if not captions:
        return
    photos = Photo.objects.select_for_update(no_key=True).order_by("pk")
    found = photos.in_bulk([block.photo_id for block in captions])
    for block in captions:
        block.photo = found[block.photo_id]


def faults_of_translation(post: Post, parts: Parts) -> list[str]:
    """What is wrong between a post and others of its family: a list with at most one sentence."""
    family, original = parts.families[post.pk], parts.original(post)
    fault = (original and wrong_original(post, original, family)) or language_taken(post, family)
    return [fault] if fault else []


def has_words(blocks: list) -> bool:
    return any(isinstance(block, Text) and sanitiser.words_of(block.html) for block in blocks)


def refuse_taken_address(post: Post, posted_on: dt.date, slug: str) -> None:
    """Raise NotReady when the address belongs, or once belonged, to another story."""
    if Address.objects.filter(posted_on=posted_on, slug=slug).exclude(post=post).exists():
        raise NotReady(
            [
                _("Another story of %(day)s has the address “%(slug)s”. Choose another address.")
                % {"day": format_day(posted_on), "slug": slug}
            ]
        )
