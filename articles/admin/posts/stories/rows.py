"""The stories of one page, with all that their rows show."""

import datetime as dt

from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import JSONObject

from ....desk.blocks import Caption
from ....desk.post import Post
from ....desk.post_relations import PostAuthor, PostTopic
from ....library.author import Author
from ....library.photo import Photo
from ....library.topic import Topic
from ....publishing.editions.edition import Edition

OF_PHOTO = (
    *("slug", "token", "formats", "series", "width", "height", "focus_x", "focus_y"),
    *("caption", "credit", "alt", "decorative"),
)
"""Columns of a photo of which its picture is made."""


def read_rows(keys, *, now):
    """The posts of these keys, in their order, each with `current` editions, `author_names`,
    `topic_names`, its lead `photo` and its plan; in two queries."""
    found = Post.objects.select_related("section", "saved_by", "created_by", "plan__assigned_to")
    posts = {post.pk: post for post in found.filter(pk__in=keys).order_by()}
    for post in posts.values():
        post.current, post.author_names, post.topic_names = [], [], []
        post.photo = None
    add_to(posts, now)
    return [posts[key] for key in keys if key in posts]


def add_to(posts, now):
    """Put current editions, the names of authors and topics, and the first lead picture to their
    posts; in one query."""
    keys = list(posts)
    editions = Edition.objects.filter(post__in=keys, live_until__gt=now)
    parts = [
        part(editions, "edition", "post", number="number", starts="live_from", ends="live_until"),
        part(
            PostAuthor.objects.filter(post__in=keys),
            "author",
            "post",
            number="position",
            name=name_of(Author, "author"),
        ),
        part(
            PostTopic.objects.filter(content_object__in=keys),
            "topic",
            "content_object",
            number="pk",
            name=name_of(Topic, "tag"),
        ),
        part(
            Caption.objects.filter(parent__in=keys, region="lead"),
            "picture",
            "parent",
            number="ordering",
            **{name: f"photo__{name}" for name in OF_PHOTO},
        ),
    ]
    rows = parts[0].union(*parts[1:], all=True)
    for key, kind, said in sorted(rows, key=lambda row: row[2]["number"]):
        if kind == "edition":
            posts[key].current.append(edition(said))
        elif kind == "picture":
            posts[key].photo = posts[key].photo or Photo(**{name: said[name] for name in OF_PHOTO})
        elif kind == "author":
            posts[key].author_names.append(said["name"])
        else:
            posts[key].topic_names.append(said["name"])


def part(rows, kind, post, **columns):
    return rows.order_by().values_list(post, Value(kind), JSONObject(**columns))


def name_of(model, key):
    """The name of the row that a foreign key names, looked up for each: a join reads all names."""
    return Subquery(model.objects.filter(pk=OuterRef(key)).values("name"))


def edition(said):
    """An edition with its number and its interval only."""
    return Edition(
        number=said["number"],
        live_from=moment(said["starts"]),
        live_until=moment(said["ends"]),
    )


def moment(text):
    """The moment that a database wrote into JSON; SQLite writes it in UTC, without saying so."""
    found = dt.datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)
