"""More stories: the newest on a story's topics, as cards that are kept for each topic.

They stand under their topic's key and not under the story's, so another publication on the topic
costs its cards once in a process, however many stories are on it.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import chain
from operator import attrgetter
from uuid import UUID

from django.template.loader import get_template
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from ....publishing.editions.listing import TopicListing
from ....publishing.editions.translations import once
from ...cards import card_html
from ...lists.union_slices import first_of_each
from ...memo import hold, look_up
from ...rendered_once import PLACE, RenderedOnce

MORE_STORIES = 6

around = RenderedOnce(1_000)


@dataclass(frozen=True)
class Card:
    """A story among them, as HTML."""

    published_at: datetime
    post_id: int
    uuid: UUID
    family: UUID
    html: str


def more_stories(request, topics, *, family, language, at):
    """The newest stories on some topics, but for one family, in the language that its reader reads.

    `topics` are primary keys with the stamps of their keys. One query, or none when the cards of
    all topics are kept.
    """
    found = {
        topic: look_up(request, "cards", (topic, language), stamp=stamp)
        for topic, stamp in topics.items()
    }
    if missing := [topic for topic, cards in found.items() if cards is None]:
        for topic, made in _newest_cards(missing, language, at=at).items():
            found[topic] = hold(request, "cards", made, (topic, language))
    cards = {card.post_id: card for card in chain(*found.values()) if card.family != family}
    newest = sorted(cards.values(), key=attrgetter("published_at", "post_id"), reverse=True)
    return newest[:MORE_STORIES]


def _newest_cards(topics, language, *, at):
    """The newest cards of each topic: one more than are shown, for a story is not its own."""
    lines = once(TopicListing.objects.live(at), language, at=at, edition="edition__")
    slices = [lines.filter(topic=topic).newest_first()[: MORE_STORIES + 1] for topic in topics]
    cards = {topic: [] for topic in topics}
    for line in TopicListing.objects.filter(pk__in=first_of_each(slices, "pk")).cards("topic_id"):
        html = card_html(line, size="second", slot="wide", level=3)
        cards[line.topic_id].append(
            Card(line.published_at, line.post_id, line.uuid, line.family, html)
        )
    return cards


def more_html(cards, topics):
    """The cards under their title, which names the story's topic ({name, slug}) if it has one."""
    if not cards:
        return ""
    topic = topics[0] if len(topics) == 1 else None
    key = (topic and (topic["name"], topic["slug"]), get_language())
    before, after = around.once(key, partial(_around, topic))
    return f"{before}{''.join(card.html for card in cards)}{after}"


def _around(topic):
    context = {"topic": topic, "cards": mark_safe(PLACE)}
    return tuple(get_template("components/more.html").render(context).split(PLACE))
