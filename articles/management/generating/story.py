"""One generated story: its rows on the desk and, frozen alike, on the site."""

import datetime as dt
import json
from collections import deque
from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace

from django.conf import settings
from django.template.defaultfilters import force_escape

from ...models import (
    Address,
    AuthorListing,
    Caption,
    Edition,
    Post,
    PostAuthor,
    PostTopic,
    PullQuote,
    RelatedLink,
    Text,
    TopicListing,
)
from ...publishing.dates import FOREVER, day_of
from ...publishing.editions.document import FORMAT
from ...publishing.editions.render import RENDERER, render_block

SOURCE = "generated"
LABELS = ("", "", "", "watch", "read", "read", "listen", "live")
_PLACEHOLDER = "\x02{}\x02"
_encode = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode


def as_stored(moment):
    """A moment as both databases read it: UTC, without its zone."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%S")


_FOREVER = as_stored(FOREVER)


@cache
def frame(kind, *fields):
    """The markup of a kind of block, with a place for each field."""
    marks = {name: _PLACEHOLDER.format(name) for name in fields}
    return render_block({"kind": kind, **marks})


def render(block):
    """What `render_block` gives for a generated block, without a template for each."""
    if block["kind"] == "caption":
        return rendered_picture(block["picture"]["slug"], _encode(block))
    names = [name for name in block if name != "kind"]
    html = frame(block["kind"], *names)
    for name in names:
        value = block[name] if name == "html" else force_escape(block[name])
        html = html.replace(_PLACEHOLDER.format(name), value)
    return html


@cache
def rendered_picture(_slug, block):
    return render_block(json.loads(block))


@dataclass
class Draft:
    """A story made up: what an editor would have written."""

    pk: int
    uuid: str
    moment: dt.datetime
    headline: str
    slug: str
    kicker: str
    standfirst: str
    section: object
    authors: list
    topics: list
    lead: object
    lead_caption: str
    blocks: list  # (model, the block's part of the document, its own values as a row)
    words: int


class Writer:
    """Makes stories up, one after the other, each later than the one before."""

    def __init__(self, words, newsroom, *, made_at):
        self.words, self.newsroom, self.rng = words, newsroom, words.rng
        self.made_at = as_stored(made_at)
        self.earlier = deque(maxlen=2_000)
        self.names = {
            id(thing): {"name": thing.name, "slug": thing.slug}
            for thing in (*newsroom.sections, *newsroom.topics, *newsroom.authors)
        }
        self.pictures = {photo.pk: photo.as_picture() for photo in newsroom.photos}

    def forget(self, *, from_key):
        """Link to no story with this primary key or a higher one: it was never stored."""
        kept = [story for story in self.earlier if story[0] < from_key]
        self.earlier = deque(kept, maxlen=self.earlier.maxlen)

    def draft(self, pk, moment):
        """A story posted at a moment."""
        rng, words, room = self.rng, self.words, self.newsroom
        topics = list(
            dict.fromkeys(rng.choices(room.topics, cum_weights=room.topic_weights, k=2 + pk % 3))
        )
        title = [topics[0].name, *words.run(5 + pk % 4)]
        blocks, count = self.body(words)
        draft = Draft(
            pk=pk,
            uuid=f"{rng.getrandbits(128):032x}",
            moment=moment,
            headline=" ".join(title),
            slug="-".join([*title[:6], str(pk)]).lower(),
            kicker=topics[0].name if pk % 3 else "",
            standfirst=words.sentence(18),
            section=rng.choice(room.sections),
            authors=list(
                dict.fromkeys(
                    rng.choices(room.authors, cum_weights=room.author_weights, k=1 + (pk % 5 == 0))
                )
            ),
            topics=topics,
            lead=rng.choice(room.photos),
            lead_caption=words.sentence(12),
            blocks=blocks,
            words=count,
        )
        self.earlier.append((pk, draft.uuid))
        return draft

    def body(self, words):
        """The blocks of a story, and how many words its texts hold."""
        first, one = words.paragraphs(2)
        second, two = words.paragraphs(3 + int(self.rng.random() * 4))
        blocks = [self.text(first), *self.links(), self.text(second)]
        chance, three = self.rng.random(), 0
        if chance < 0.2:
            said, who = words.sentence(14), words.name(2)
            data = {"text": said, "attribution": who}
            blocks.append((PullQuote, data, (said, who)))
        elif chance < 0.4:
            photo = self.rng.choice(self.newsroom.photos)
            own = {"caption": "", "credit": "", "alt": ""}
            data = {"own": own, "picture": self.pictures[photo.pk]}
            blocks.append((Caption, data, (photo.pk, "")))
        if chance < 0.4:
            third, three = words.paragraphs(2)
            blocks.append(self.text(third))
        return blocks, one + two + three

    def text(self, html):
        return Text, {"html": html}, (html,)

    def links(self):
        """Two related links to earlier stories, once there are some."""
        if len(self.earlier) < 2:
            return []
        chosen = self.rng.sample(range(len(self.earlier)), 2)
        links = []
        for place in chosen:
            pk, identity = self.earlier[place]
            label = self.rng.choice(LABELS)
            data = {
                "label": label,
                "story": dashed(identity),
                "url": "",
                "title": "",
                "headline": "",
            }
            links.append((RelatedLink, data, (label, pk)))
        return links

    def add(self, draft, tables):
        """Put a story's rows among those to be written; returns its edition, for the index."""
        at, pk = as_stored(draft.moment), draft.pk
        tables.add(
            Post,
            draft.headline,
            draft.slug,
            draft.kicker,
            draft.standfirst,
            draft.section.pk,
            Post.Status.PUBLISHED.value,
            at,
            draft.uuid,
            SOURCE,
            str(pk),
            1,
            at,
        )
        tables.add(Caption, pk, "lead", 10, draft.lead.pk, draft.lead_caption)
        for place, (model, _data, values) in enumerate(draft.blocks, start=1):
            tables.add(model, pk, "body", place * 10, *values)
        for place, author in enumerate(draft.authors, start=1):
            tables.add(PostAuthor, pk, author.pk, place)
        for topic in draft.topics:
            tables.add(PostTopic, pk, topic.pk)
        return self.publish(draft, tables, at)

    def publish(self, draft, tables, at):
        """The edition of a story, its lists and its address."""
        document = self.document(draft)
        day = day_of(draft.moment).isoformat()
        byline = {"authors": document["authors"], "text": ""}
        edition = tables.add(
            Edition,
            draft.pk,
            1,
            Edition.Kind.NEW.value,
            at,
            _FOREVER,
            draft.uuid,
            draft.uuid,
            at,
            day,
            draft.slug,
            draft.headline,
            draft.kicker,
            draft.standfirst,
            settings.LANGUAGE_CODE,
            draft.section.pk,
            _encode(byline),
            _encode(document["regions"]["lead"][0]["picture"]),
            _encode(document["topics"]),
            "[]",
            _encode(document),
            _encode(pieces(document["regions"]["body"])),
            RENDERER,
            draft.words,
            1,
            self.made_at,
        )
        listed = at, at, _FOREVER, draft.pk, edition
        for topic in draft.topics:
            tables.add(TopicListing, *listed, topic.pk)
        for author in draft.authors:
            tables.add(AuthorListing, *listed, author.pk)
        tables.add(Address, day, draft.slug, draft.pk)
        return SimpleNamespace(
            pk=edition,
            published_at=draft.moment,
            posted_on=day_of(draft.moment),
            live_from=draft.moment,
            live_until=FOREVER,
            section_id=draft.section.pk,
            headline=draft.headline,
            standfirst=draft.standfirst,
            kicker=draft.kicker,
            byline=byline,
            topics=document["topics"],
            document=document,
        )

    def document(self, draft):
        """What `compose` gives for the story."""
        lead = self.pictures[draft.lead.pk] | {"caption": draft.lead_caption}
        own = {"caption": draft.lead_caption, "credit": "", "alt": ""}
        return {
            "format": FORMAT,
            "uuid": dashed(draft.uuid),
            "source": SOURCE,
            "source_id": str(draft.pk),
            "language": settings.LANGUAGE_CODE,
            "translation_of": None,
            "headline": draft.headline,
            "slug": draft.slug,
            "kicker": draft.kicker,
            "standfirst": draft.standfirst,
            "byline": "",
            "section": self.names[id(draft.section)],
            "authors": [self.names[id(author)] for author in draft.authors],
            "topics": [self.names[id(topic)] for topic in draft.topics],
            "regions": {
                "lead": [{"kind": "caption", "own": own, "picture": lead}],
                "body": [{"kind": model.kind, **data} for model, data, _row in draft.blocks],
            },
        }


def pieces(blocks):
    """What `render_body` gives for generated blocks."""
    found = []
    for block in blocks:
        if block["kind"] == "relatedlink":
            link = {key: value for key, value in block.items() if key != "kind"}
            if found and "links" in found[-1]:
                found[-1]["links"].append(link)
            else:
                found.append({"links": [link]})
        elif found and "html" in found[-1]:
            found[-1]["html"] += render(block)
        else:
            found.append({"html": render(block)})
    return found


def dashed(digits):
    """A UUID of 32 digits as people write it."""
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
