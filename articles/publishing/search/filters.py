"""What narrows a search: the filters of the list, as the index takes them."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Value
from django.db.models.expressions import RawSQL

from ...library.author import Author
from ...library.section import Section
from ..editions.edition import Edition
from ..editions.listing import AuthorListing, TopicListing, by_reach
from ..editions.translations import ALL, Told
from .backends.sql import named
from .entry import HIGHEST, LOWEST, place_of


@dataclass(frozen=True)
class Narrowing:
    """What else a story must be: of all these topics, of a section, by an author, posted in
    starts <= moment < ends; and what a list of its language (at a moment) holds."""

    topics: tuple = ()
    section: Section | None = None
    author: Author | None = None
    starts: dt.datetime | None = None
    ends: dt.datetime | None = None
    told: Told = ALL
    at: dt.datetime | None = None

    @property
    def low(self):
        return place_of(self.starts) if self.starts else LOWEST

    @property
    def high(self):
        return place_of(self.ends) if self.ends else HIGHEST

    @property
    def in_span(self):
        return bool(self.starts or self.ends)

    @property
    def lists(self):
        """The lists that a story must be in, (model, field, thing), the shortest first as far as
        the things' `reaches_back` tells."""
        lists = [(TopicListing, "topic", topic) for topic in self.topics]
        if self.author:
            lists.append((AuthorListing, "author", self.author))
        return sorted(lists, key=by_reach)

    @property
    def of_language(self):
        """Whether some stories are left out because of their language."""
        return bool(self.told.language) or self.told.several

    @property
    def listing(self):
        """Lines of the shortest list, of those stories that are in all of them; or None."""
        if not self.lists:
            return self.editions if self.of_language else None
        (model, field, thing), *others = self.lists
        lines = model.objects.filter(**{field: thing})
        for model, field, thing in others:
            same = model.objects.filter(edition=OuterRef("edition"), **{field: thing})
            lines = lines.filter(Exists(same))
        lines = lines.filter(edition__section=self.section) if self.section else lines
        return self.told.of(lines, at=self.at, edition="edition__") if self.of_language else lines

    @property
    def editions(self):
        """The editions of the language, as the lines of a list."""
        rows = Edition.objects.annotate(edition_id=F("pk"))
        rows = rows.filter(section=self.section) if self.section else rows
        return self.told.of(rows, at=self.at)

    def as_sql(self):
        """A condition on an entry `e`, and its values by name; dates are not in it.

        Each list is asked for a single value, because PostgreSQL would join what EXISTS asks, and
        read all of a common topic's list.
        """
        parts, values = ["1=1"], {}
        if self.section:
            parts.append("e.section_id = %(section)s")
            values["section"] = self.section.pk
        for number, (model, field, thing) in enumerate(self.lists):
            parts.append(
                f"(SELECT true FROM {model._meta.db_table} l"  # noqa: S608
                f" WHERE l.edition_id = e.edition_id AND l.{field}_id = %(list_{number})s)"
            )
            values[f"list_{number}"] = thing.pk
        if self.of_language:
            own = Edition.objects.filter(pk=RawSQL("e.edition_id", ()))
            own = self.told.of(own, at=self.at).order_by().values(fits=Value(1))
            statement, own_values = named(own, "told")
            parts.append(f"({statement}) = 1")
            values |= own_values
        return f"({' AND '.join(parts)})", values


NOWHERE = Narrowing()
