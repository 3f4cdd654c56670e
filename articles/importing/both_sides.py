"""Stories that changed there and here: what they say there, and which of the two is to stay."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from ..desk.blocks.gallery import hold_pictures
from ..desk.post import Post
from ..desk.rights.may_do import may_do
from ..library.photo import Photo
from ..publishing.dates import day_of
from ..publishing.editions.document import compose
from ..publishing.old_addresses.old_address import OldAddress
from ..publishing.steps.restore import replace_words
from .converter.pieces import Converted
from .import_run import IMPORT
from .imported_story import ImportedStory
from .incoming import Incoming, Use
from .moments import as_moment
from .pictures.find import Missing, host_of, picture_at
from .side_chosen import SideChosen
from .storing.blocks import Builder, converted
from .storing.links import Links, addresses_in
from .storing.plan import LEAD, Plan, headline_of, standfirst_of


class Settled(Exception):
    """There is nothing to choose any more, or theirs is not what the person saw."""

    def __init__(self) -> None:
        super().__init__(
            _("This was settled, or has changed there again. Nothing was done: look again.")
        )


@dataclass
class Theirs:
    """What the other site says, as a document; `missing` are its pictures that are not here.

    Section, names, address and language are those that the story has here.
    """

    story: ImportedStory
    words: dict[str, Any]
    missing: list[str] = field(default_factory=list)
    kind = "theirs"

    def document(self) -> dict[str, Any]:
        return self.words


def theirs_of(known: ImportedStory, post: Post) -> Theirs:
    """What is kept of the other site's words for a story of ours."""
    plan = Plan(Incoming.of_data(known.theirs), known.theirs_fingerprint, known)
    text = converted(plan)
    links = LinksHere(plan.incoming, text)
    Builder(links, PicturesHere()).build(plan, text)
    for block in plan.blocks:
        if id(block) in plan.targets:
            block.story = links.posts[plan.targets[id(block)]]  # type: ignore[attr-defined]
    words = compose(post)
    regions: dict[str, list] = {key: [] for key in words["regions"]}
    lead = [block for block in plan.blocks if block.region == LEAD]
    for block in (*lead, *hold_pictures(each for each in plan.blocks if each.region != LEAD)):
        regions[block.region].append({"kind": block.kind, **block.as_data()})
    # A lead picture that did not come is no reason to lose ours.
    regions["lead"] = regions["lead"] or words["regions"]["lead"]
    words |= {"headline": headline_of(plan), "standfirst": standfirst_of(plan), "regions": regions}
    return Theirs(known, words, [said for code, said in plan.problems if code == "picture_missing"])


@transaction.atomic
def keep_ours(known: ImportedStory, *, seen: str, by: User) -> None:
    """Leave the story as it is here; it is named again when it changes there again."""
    settle(locked(known, seen=seen, by=by), SideChosen.Side.OURS, by=by)


@transaction.atomic
def take_theirs(known: ImportedStory, *, seen: str, started_from: int, by: User) -> None:
    """Write what they say into the draft; readers see nothing of it until it is published.

    What it replaces is kept as a revision. Raises Settled, and what `restore` raises.
    """
    known = locked(known, seen=seen, by=by)
    post = known.post
    assert post is not None  # noqa: S101 (`locked` asks for it)
    replace_words(post, theirs_of(known, post).document(), by=by, started_from=started_from)
    settle(known, SideChosen.Side.THEIRS, by=by)


def locked(known: ImportedStory, *, seen: str, by: User) -> ImportedStory:
    row = ImportedStory.objects.select_for_update().get(pk=known.pk)
    if row.post is not None and not may_do(by, IMPORT, row.post):
        raise PermissionDenied
    if not row.theirs or row.theirs_fingerprint != seen or row.post is None:
        raise Settled
    return row


def settle(known: ImportedStory, side: SideChosen.Side, *, by: User) -> None:
    """Forget theirs, and log who chose what of which version of theirs."""
    SideChosen.objects.create(
        post=known.post,
        side=side,
        by=by,
        source=known.source,
        saved_there_at=as_moment(known.theirs["saved_at"]),
        fingerprint=known.theirs_fingerprint,
    )
    # Its version stays: whatever comes from there next is again for people to decide.
    known.fingerprint, known.theirs, known.theirs_fingerprint = known.theirs_fingerprint, None, ""
    known.save(update_fields=["fingerprint", "theirs", "theirs_fingerprint"])


class LinksHere(Links):
    """The links of a text, by the old addresses of what was imported."""

    def __init__(self, story: Incoming, text: Converted) -> None:
        self.hosts = {host_of(each).removeprefix("www.") for each in story.addresses} - {""}
        keys = {key for address in addresses_in(text) if (key := self.key(address))}
        rows = OldAddress.objects.filter(key__in=keys, story__imported__isnull=False)
        found = {row.key: row.story for row in rows.select_related("story__imported")}
        self.stories = {key: post.imported.reference for key, post in found.items()}
        self.posts = {post.imported.reference: post for post in found.values()}
        self.titles = {reference: post.headline for reference, post in self.posts.items()}
        self.new = {
            reference: (day_of(post.published_at).isoformat(), post.slug)
            for reference, post in self.posts.items()
            if post.published_at and post.slug
        }


class PicturesHere:
    """Pictures of the library, by the addresses that they had on the other site."""

    def find(self, use: Use) -> Photo:
        if photo := picture_at([use.address], use.attachment):
            return photo
        raise Missing(_("It is not in the library."))

    def attachment_of(self, use: Use) -> None:
        """What the export says of a picture is not kept."""

    def of_story(self, key: str) -> list[Use]:
        return []
