"""What somebody asked an import to do."""

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from ..library.section import Section


def types_in(text: str) -> set[str]:
    """The types of items that somebody names, such as “post, review”."""
    return {kind.strip() for kind in text.split(",") if kind.strip()}


@dataclass
class Options:
    """`goes` is the map: {(kind, from): to}; more than `most_stories` are refused."""

    source: str
    files: list[Path]
    zone: dt.tzinfo = dt.UTC
    dry_run: bool = False
    pictures: Path | None = None
    fetch_from: set[str] = field(default_factory=set)
    section: Section | None = None
    goes: dict[tuple[str, str], str] = field(default_factory=dict)
    credit: str = ""
    types: set[str] = field(default_factory=lambda: {"post"})
    members_as_public: bool = False
    only: str = ""
    limit: int | None = None
    most_stories: int | None = None

    @property
    def is_partial(self) -> bool:
        return bool(self.only or self.limit is not None)

    @property
    def map_hash(self) -> str:
        if not self.goes:
            return ""
        return hashlib.sha256(repr(sorted(self.goes.items())).encode()).hexdigest()

    def as_data(self) -> dict[str, object]:
        """For the report: what was asked, without paths of this machine."""
        return {
            "source": self.source,
            "time_zone": str(self.zone),
            "pictures": self.pictures.name if self.pictures else "",
            "fetch_pictures": sorted(self.fetch_from),
            "section": self.section.slug if self.section else "",
            "map": len(self.goes),
            "map_sha256": self.map_hash,
            "credit": self.credit,
            "types": sorted(self.types),
            "members_as_public": self.members_as_public,
            "only": self.only,
            "limit": self.limit,
        }
