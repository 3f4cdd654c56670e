"""One incoming story, ready to be stored: its post, blocks and names, and what is to be told."""

import datetime as dt
import hashlib
import uuid
from dataclasses import dataclass, field

from ...desk.blocks import Table, Text
from ...desk.blocks.base import Block
from ...desk.post import Post
from ...desk.rich_text import sanitiser
from ...library.author import Author
from ...library.fields import MOST_WORDS
from ...library.section import Section
from ...library.topic import Topic
from ...publishing.bulk.written import made
from ..converter import VERSION
from ..imported_story import ImportedStory, source_id_of
from ..incoming import DRAFT, IN_REVIEW, SCHEDULED, Incoming
from ..moments import as_moment
from ..options import Options
from ..scratch import as_json

NAMESPACE = uuid.UUID("5d1f9d0e-8c2b-4f6e-9a5c-3f1c7c2d9b10")
LONGEST_HEADLINE = 200
BETWEEN = 10
LEAD = "lead"


@dataclass
class Plan:
    """`wants_live` says that readers saw it, or are to; `problems` are (name, sentence), and
    `missing` the pictures that did not come, as [address, id there]."""

    incoming: Incoming
    fingerprint: str
    known: ImportedStory | None = None
    post: Post | None = None
    section: Section | None = None
    authors: list[Author] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    byline: str = ""
    blocks: list[Block] = field(default_factory=list)
    targets: dict[int, str] = field(default_factory=dict)
    slug: str = ""
    status: str = Post.Status.DRAFT
    wants_live: bool = False
    is_partial: bool = False
    problems: list[tuple[str, str]] = field(default_factory=list)
    missing: list[list[str]] = field(default_factory=list)

    @property
    def id(self) -> str:
        return self.incoming.id

    @property
    def published_at(self) -> dt.datetime | None:
        return as_moment(self.incoming.published_at)

    def tell(self, code: str, said: str = "") -> None:
        self.problems.append((code, said))

    def place(self, region: str, block: Block) -> None:
        """Put a block at the end of a region."""
        line = (b.ordering for b in self.blocks if (b.region == LEAD) == (region == LEAD))
        last = max(line, default=0)
        block.region, block.ordering = region, last + BETWEEN
        self.blocks.append(block)


def fingerprints_of(data: str, story: Incoming, options: Options, pictures: str) -> list[str]:
    """What a story is made of: the same means that there is nothing to do.

    The first is that of this run. One that was made with pictures serves a run without them too.
    `pictures` is what the export says of those that it uses.
    """
    has_pictures = bool(options.pictures or options.fetch_from)
    found = [_fingerprint(data, story, options, pictures, has_pictures=has_pictures)]
    if not has_pictures:
        found.append(_fingerprint(data, story, options, pictures, has_pictures=True))
    return found


def _fingerprint(
    data: str, story: Incoming, options: Options, pictures: str, *, has_pictures: bool
) -> str:
    goes = {
        f"{kind} {each.key}": options.goes.get((kind, each.key))
        for kind, some in (
            ("category", story.categories),
            ("tag", story.tags),
            ("author", story.authors),
        )
        for each in some
    }
    asked = {
        "section": options.section.slug if options.section else "",
        "credit": options.credit,
        "pictures": has_pictures,
        "zone": str(options.zone),
        "converter": VERSION,
    }
    whole = f"{data}\n{as_json(goes)}\n{as_json(asked)}{pictures}"
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


def headline_of(plan: Plan) -> str:
    title = " ".join(plan.incoming.title.split())
    if len(title) <= LONGEST_HEADLINE:
        return title
    plan.tell("title_cut", title)
    return sanitiser.truncate(title, LONGEST_HEADLINE)


def standfirst_of(plan: Plan) -> str:
    words = plan.incoming.standfirst
    if len(words) <= MOST_WORDS:
        return words
    plan.tell("standfirst_cut", words)
    return sanitiser.truncate(words, MOST_WORDS)


def decide_status(plan: Plan, headline: str) -> None:
    """Whether a story goes live, and with a sentence why not if it was meant to."""
    story = plan.incoming
    if story.status == IN_REVIEW:
        plan.status = Post.Status.IN_REVIEW
    if story.status in {DRAFT, IN_REVIEW}:
        return
    plan.wants_live = True
    missing = []
    if not headline:
        missing.append("no_title")
    if plan.section is None:
        missing.append("no_section")
    if plan.published_at is None:
        missing.append("no_date")
    if not has_words(plan.blocks):
        missing.append("no_text")
    for code in missing:
        plan.tell(code)
    if not missing:
        plan.status = Post.Status.PUBLISHED


def hold_scheduled_pictures(plan: Plan, now: dt.datetime) -> None:
    """What readers have not seen yet obeys the rules of pictures."""
    if plan.status != Post.Status.PUBLISHED or not plan.published_at or plan.published_at <= now:
        if plan.incoming.status == SCHEDULED and plan.status == Post.Status.PUBLISHED:
            plan.tell("schedule_passed")
        return
    missing = [line for block in plan.blocks for line in block.shortcomings()]
    if missing:
        plan.status = Post.Status.DRAFT
        plan.tell("scheduled_without_credit", " ".join(missing))


def has_words(blocks: list[Block]) -> bool:
    return any(
        isinstance(block, Table) or (isinstance(block, Text) and sanitiser.words_of(block.html))
        for block in blocks
    )


def make_post(plan: Plan, options: Options, *, now: dt.datetime) -> Post:
    """The post of a plan, without a primary key."""
    story = plan.incoming
    headline = headline_of(plan)
    decide_status(plan, headline)
    hold_scheduled_pictures(plan, now)
    published_at = plan.published_at if plan.wants_live else None
    saved_at = as_moment(story.saved_at) or plan.published_at or now
    return made(
        Post,
        uuid=uuid.uuid5(NAMESPACE, f"{options.source}/{story.id}"),
        source=options.source,
        source_id=source_id_of(story.id),
        headline=headline,
        slug=plan.slug,
        standfirst=standfirst_of(plan),
        section=plan.section,
        byline=plan.byline[:200],
        status=plan.status,
        published_at=published_at,
        saved_at=saved_at,
    )


def promised_post(key: str, options: Options, *, now: dt.datetime) -> Post:
    """The draft that stands for a story until it is its turn."""
    return made(
        Post,
        uuid=uuid.uuid5(NAMESPACE, f"{options.source}/{key}"),
        source=options.source,
        source_id=source_id_of(key),
        saved_at=now,
    )
