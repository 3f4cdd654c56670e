"""What narrows a search: the filters of the list, as the index takes them."""

import datetime as dt
from dataclasses import dataclass

from ...library.author import Author
from ...library.section import Section
from ..listing import AuthorListing, TopicListing
from .entry import HIGHEST, LOWEST, place_of


@dataclass(frozen=True)
class Narrowing:
    """What else a story must be: of all these topics, of a section, by an author, posted in
    starts <= moment < ends."""

    topics: tuple = ()
    section: Section | None = None
    author: Author | None = None
    starts: dt.datetime | None = None
    ends: dt.datetime | None = None

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
    def listing(self):
        """Lines of the shortest way to these stories: an author's or a topic's; or None."""
        lines = None
        if self.author:
            lines = AuthorListing.objects.filter(author=self.author)
        for topic in self.topics:
            if lines is None:
                lines = TopicListing.objects.filter(topic=topic)
            else:
                lines = lines.filter(
                    edition_id__in=TopicListing.objects.filter(topic=topic).values("edition_id")
                )
        if lines is not None and self.section:
            lines = lines.filter(edition__section=self.section)
        return lines

    def as_sql(self):
        """A condition on an entry `e`, and its values by name; dates are not in it.

        Each list is asked for a single value, because PostgreSQL would join what EXISTS asks, and
        read all of a common topic's list.
        """
        parts, values = ["1=1"], {}
        if self.section:
            parts.append("e.section_id = %(section)s")
            values["section"] = self.section.pk
        for number, (model, column, thing) in enumerate(
            [
                *((TopicListing, "topic_id", topic) for topic in self.topics),
                *((AuthorListing, "author_id", author) for author in [self.author] if author),
            ]
        ):
            parts.append(
                f"(SELECT true FROM {model._meta.db_table} l"  # noqa: S608
                f" WHERE l.edition_id = e.edition_id AND l.{column} = %(list_{number})s)"
            )
            values[f"list_{number}"] = thing.pk
        return f"({' AND '.join(parts)})", values


NOWHERE = Narrowing()
