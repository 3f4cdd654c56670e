"""The filters of the list of all stories, as the index takes them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, Model, OuterRef, Value
from django.db.models.expressions import RawSQL

from ...library.author import Author
from ...library.section import Section
from ...library.topic import Topic
from ..editions.edition import Edition
from ..editions.listing import AuthorListing, TopicListing, shortest_first
from ..editions.translations import ALL_LANGUAGES, ListLanguage
from .backends.sql import named
from .entry import HIGHEST, LOWEST, place_of


@dataclass(frozen=True)
class SearchFilters:
    """What else a story must be: of all these topics, of a section, by an author, posted in
    starts <= datetime < ends; and what a list of its language (at a datetime) holds."""

    topics: tuple[Topic, ...] = ()
    section: Section | None = None
    author: Author | None = None
    starts: dt.datetime | None = None
    ends: dt.datetime | None = None
    lang: ListLanguage = ALL_LANGUAGES
    at: dt.datetime | None = None

    @property
    def first_place(self) -> int:
        return place_of(self.starts) if self.starts else LOWEST

    @property
    def last_place(self) -> int:
        return place_of(self.ends) if self.ends else HIGHEST

    @property
    def in_span(self) -> bool:
        return bool(self.starts or self.ends)

    @property
    def is_of_language(self) -> bool:
        """Whether some stories are left out because of their language."""
        return bool(self.lang.language) or self.lang.several

    @property
    def lists(self) -> list[tuple[type[Model], str, Model]]:
        """The lists that a story must be in, (model, field, topic or author), the shortest first
        as far as their `reaches_back` tells."""
        lists: list = [(TopicListing, "topic", topic) for topic in self.topics]
        if self.author:
            lists.append((AuthorListing, "author", self.author))
        return sorted(lists, key=shortest_first)

    @property
    def listing(self) -> Any:
        """Lines of the shortest list, of those stories that are in all of them; of the editions of
        the language where there is no list; or None."""
        if self.lists:
            (model, field, owner), *others = self.lists
            lines, edition = model._default_manager.filter(**{field: owner}), "edition__"
            for model, field, owner in others:
                same = model._default_manager.filter(edition=OuterRef("edition"), **{field: owner})
                lines = lines.filter(Exists(same))
        elif self.is_of_language:
            lines, edition = Edition.objects.annotate(edition_id=F("pk")), ""
        else:
            return None
        if self.section:
            lines = lines.filter(**{f"{edition}section": self.section})
        return self.lang.of(lines, at=self.at, edition=edition) if self.is_of_language else lines

    def as_sql(self) -> tuple[str, dict[str, Any]]:
        """A condition on an entry `e`, and its values by name; dates are not in it.

        Each list is asked for a single value, because PostgreSQL would join what EXISTS asks, and
        read all of a common topic's list.
        """
        parts, values = ["1=1"], {}
        if self.section:
            parts.append("e.section_id = %(section)s")
        for number, (model, field, owner) in enumerate(self.lists):
            parts.append(
                f"(SELECT true FROM {model._meta.db_table} l"  # noqa: S608
                f" WHERE l.edition_id = e.edition_id AND l.{field}_id = %(list_{number})s)"
            )
            values[f"list_{number}"] = owner.pk
        if self.is_of_language:
            edition: Any = Edition.objects.filter(pk=RawSQL("e.edition_id", ()))
            edition = self.lang.of(edition, at=self.at).order_by().values(fits=Value(1))
            statement, of_language = named(edition, "lang")
            parts.append(f"({statement}) = 1")
            values |= of_language
        return f"({' AND '.join(parts)})", values


NO_FILTERS = SearchFilters()
