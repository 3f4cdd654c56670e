"""Made-up stories, as an editor would have left them on the desk."""

import datetime as dt
from uuid import UUID

from ...models import Caption, Post, PostAuthor, PostTopic, PullQuote, RelatedLink, Text
from ...publishing.bulk.written import WrittenParts, made

SOURCE = "generated"
WORDS_EACH = 250
LABELS = ("", "", "", "watch", "read", "read", "listen", "live")
DESK_MODELS = (Post, PostAuthor, PostTopic, Text, Caption, RelatedLink, PullQuote)
"""The rows of a story on the desk, in the order of their foreign keys."""


class Writer:
    """Makes up stories of about so many words, each later than the last.

    `posts` and `parts` are those since `begin`.
    """

    def __init__(self, words, newsroom, words_each=WORDS_EACH):
        self.words, self.newsroom, self.length = words, newsroom, words_each / WORDS_EACH

    def begin(self, rng):
        """Begin a batch, which draws from `rng`."""
        self.rng = self.words.rng = rng
        self.posts, self.parts = [], WrittenParts()

    def write(self, pk: int, moment: dt.datetime):
        rng, words, newsroom = self.rng, self.words, self.newsroom
        topics = some(rng, newsroom.topics, newsroom.topic_weights, 2 + pk % 3)
        title = [topics[0].name, *words.run(5 + pk % 4)]
        post = made(
            Post,
            id=pk,
            uuid=UUID(int=rng.getrandbits(128)),
            source=SOURCE,
            source_id=str(pk),
            headline=" ".join(title),
            slug="-".join([*title[:6], str(pk)]).lower(),
            kicker=topics[0].name if pk % 3 else "",
            standfirst=words.sentence(18),
            section=rng.choice(newsroom.sections),
            status=Post.Status.PUBLISHED,
            published_at=moment,
            saved_at=moment,
        )
        self.parts.topics[pk] = topics
        self.parts.authors[pk] = some(
            rng, newsroom.authors, newsroom.author_weights, 1 + (pk % 5 == 0)
        )
        self.parts.blocks[pk] = self.blocks(post)
        self.posts.append(post)

    def blocks(self, post):
        """The blocks of a story, the lead picture first."""
        rng, words = self.rng, self.words
        body = [self.text(2), *self.links(), self.text(3 + int(rng.random() * 4))]
        chance = rng.random()
        if chance < 0.2:
            body.append(made(PullQuote, text=words.sentence(14), attribution=words.name(2)))
        elif chance < 0.4:
            body.append(made(Caption, photo=rng.choice(self.newsroom.photos)))
        if chance < 0.4:
            body.append(self.text(2))
        lead = made(Caption, photo=rng.choice(self.newsroom.photos), caption=words.sentence(12))
        for place, block in enumerate([lead, *body]):
            block.parent_id, block.region = post.pk, "body" if place else "lead"
            block.ordering = (place or 1) * 10
        return [lead, *body]

    def text(self, paragraphs):
        return made(Text, html=self.words.paragraphs(max(1, round(paragraphs * self.length))))

    def links(self):
        """Two related links to earlier stories, if there are any."""
        if len(self.posts) < 2:
            return []
        return [
            made(RelatedLink, story=story, label=self.rng.choice(LABELS))
            for story in self.rng.sample(self.posts, 2)
        ]

    def desk_rows(self):
        """The rows of the stories on the desk: {model: instances or column values}."""
        rows = {model: [] for model in DESK_MODELS}
        rows[Post] = self.posts
        for post in self.posts:
            for place, author in enumerate(self.parts.authors[post.pk], start=1):
                rows[PostAuthor].append(
                    {"post_id": post.pk, "author_id": author.pk, "position": place}
                )
            for topic in self.parts.topics[post.pk]:
                rows[PostTopic].append({"content_object_id": post.pk, "tag_id": topic.pk})
            for block in self.parts.blocks[post.pk]:
                rows[type(block)].append(block)
        return rows


def some(rng, things, weights, most):
    """Different things, at most this many, the common ones more often."""
    chosen = dict.fromkeys(rng.choices(range(len(things)), cum_weights=weights, k=most))
    return [things[place] for place in chosen]
