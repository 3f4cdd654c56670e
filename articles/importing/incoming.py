"""What every reader yields, whatever the format: plain data that can be kept as JSON."""

from dataclasses import asdict, dataclass, field
from typing import Any

LIVE, SCHEDULED, IN_REVIEW, DRAFT = "live", "scheduled", "in_review", "draft"

HTML, CLASSIC = "html", "classic"
"""How the words are marked up. In a classic text blank lines make the paragraphs."""


class Unreadable(Exception):
    """A file, or the rest of it, that cannot be read; one sentence, with line and column."""


@dataclass(slots=True)
class Name:
    """A category, a tag or an author: how the file calls it (`key`), and for people."""

    key: str
    name: str


@dataclass(slots=True)
class Use:
    """A picture as a story uses it: its address or the attachment's id, and its words there."""

    address: str = ""
    attachment: str = ""
    caption: str = ""
    credit: str = ""
    alt: str = ""


@dataclass(slots=True)
class Incoming:
    """One story of an export. Moments are ISO 8601 in UTC, or empty.

    `notes` are pairs of a problem's name and what is said of it; `aside` counts what stays behind.
    `addresses` are those that the story had on the old site.
    """

    id: str
    kind: str = "post"
    status: str = DRAFT
    title: str = ""
    slug: str = ""
    standfirst: str = ""
    published_at: str = ""
    saved_at: str = ""
    html: str = ""
    markup: str = HTML
    is_for_members: bool = False
    authors: list[Name] = field(default_factory=list)
    categories: list[Name] = field(default_factory=list)
    tags: list[Name] = field(default_factory=list)
    lead: Use | None = None
    addresses: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    aside: dict[str, int] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of_data(cls, data: dict[str, Any]) -> "Incoming":
        names = {
            key: [Name(**each) for each in data[key]] for key in ("authors", "categories", "tags")
        }
        lead = Use(**data["lead"]) if data["lead"] else None
        notes = [(code, said) for code, said in data["notes"]]
        return cls(**data | names | {"lead": lead, "notes": notes})


@dataclass(slots=True)
class Attachment:
    """A picture that the export lists: where it was, and the words that go with it."""

    id: str
    address: str
    parent: str = ""
    alt: str = ""
    caption: str = ""
    credit: str = ""
    addresses: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Term:
    """A category below another, which stands in its address."""

    key: str
    parent: str


@dataclass(slots=True)
class OldPlace:
    """An address of the old site for a kind of name, such as "/tag/{}/"; of its feed, with feed."""

    kind: str
    pattern: str
    feed: bool = False


@dataclass(slots=True)
class Person:
    """An author of the export, whom stories name by the key: a name, and nothing else."""

    key: str
    name: str
    bio: str = ""
    picture: str = ""


@dataclass(slots=True)
class Reusable:
    """A block that stories show by naming its id."""

    id: str
    html: str


@dataclass(slots=True)
class LeftOut:
    """An item of the file that is no story: counted, and named in the report."""

    id: str
    kind: str
    title: str
    reason: str


@dataclass(slots=True)
class Site:
    """Where the export comes from: its hosts, whose addresses are those of its stories."""

    hosts: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Mended:
    """So many faults of one kind were mended while a file was read."""

    code: str
    count: int


@dataclass(slots=True)
class Told:
    """Something to be told of the file as a whole: a problem's name, and what is said of it."""

    code: str
    said: str


Item = Incoming | Attachment | Reusable | Person | Term | OldPlace | LeftOut | Site | Mended | Told
