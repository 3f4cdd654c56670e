"""The stories that a list shows: filtered, found, counted and paged."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from ....desk.post import Post
from ....desk.post_relations import PostAuthor, PostTopic
from ....desk.search.find import Found, find_posts
from ....library.days import starts
from ...fields.named_stories import posts_named
from .asked import ME, PUBLISHED, SAVED, Asked
from .states import STATE_OF

PAGE_SIZE = 50
MAX_COUNTED = 10_000
"""Stories are counted up to here. So far one can page, too: to go further, one searches."""


@dataclass(frozen=True)
class Listed:
    """The keys of one page. `count` is how many there are, None for more than can be said; `last`
    the number of the last page; `found` what the search says of itself."""

    keys: list = field(default_factory=list)
    count: int | None = 0
    page: int = 1
    last: int = 1
    found: Found | None = None


def list_posts(asked, names, *, user, now):
    """One page of the stories that a list is asked for."""
    posts = filtered(asked, names, user=user, now=now)
    if asked.q:
        return search(asked, posts, now)
    order = "-published_at" if asked.is_of_days_posted else "-saved_at"
    posts, count = counted(posts, named_alone(asked, names))
    newest = posts.order_by(order, "-pk").values_list("pk", flat=True)
    page, last = pages(asked.p, min(count, MAX_COUNTED))
    keys = list(newest[(page - 1) * PAGE_SIZE : page * PAGE_SIZE])
    return Listed(keys, count if count <= MAX_COUNTED else None, page, last)


def counted(posts, named):
    """The posts, and how many they are up to MAX_COUNTED and one more.

    Of what is `named` alone, the keys are counted in the index of the names; unless they are very
    many, they are collected there and then sorted. To ask each story in the order of the list
    whether it is one, when one in a thousand is, would ask fifty thousand.
    """
    if named is None:
        return posts, posts.order_by().values("pk")[: MAX_COUNTED + 1].count()
    count = named[: MAX_COUNTED + 1].count()
    if count <= MAX_COUNTED:
        posts = Post.objects.filter(pk__in=named[:MAX_COUNTED])
    return posts, count


def named_alone(asked, names):
    """The keys of the posts with a topic or an author, if the list is asked for nothing else."""
    only = asked.but(sort="")
    if asked.topic and only == Asked(topic=asked.topic):
        return keys_of(PostTopic.objects.filter(tag__in=names.topics), "content_object")
    if asked.author and only == Asked(author=asked.author):
        return keys_of(PostAuthor.objects.filter(author__in=names.authors), "post")
    return None


def keys_of(rows, post):
    return rows.order_by().values(post).distinct()


def search(asked, posts, now):
    """One page of what was searched for: first what was named, then what says the words."""
    named, is_address = posts_named(asked.q)
    found = Found(count=0)
    if not is_address:
        found = find_posts(asked.q, posts, best_first=asked.sort != SAVED, now=now)
    keys = [*named, *(key for key in found.keys if key not in named)]
    more = len(keys) - len(found.keys)
    count = None if found.count is None else found.count + more
    page, last = pages(asked.p, len(keys))
    shown = keys[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return Listed(shown, count, page, last, found)


def pages(page, count):
    """(the page that is shown, the last one)"""
    last = max(1, -(-min(count, MAX_COUNTED) // PAGE_SIZE))
    return min(page, last), last


def filtered(asked, names, *, user, now):
    """The posts that the filters let through, in no order."""
    posts = Post.objects.all()
    if state := STATE_OF.get(asked.state):
        posts = state.filter(posts, now)
    if asked.section in names.sections:
        posts = posts.filter(section=names.sections[asked.section][0])
    if asked.topic:
        rows = PostTopic.objects.filter(tag__in=names.topics, content_object=OuterRef("pk"))
        posts = posts.filter(Exists(rows.order_by()))
    if asked.author:
        rows = PostAuthor.objects.filter(author__in=names.authors, post=OuterRef("pk"))
        posts = posts.filter(Exists(rows.order_by()))
    if asked.by:
        posts = posts.filter(created_by=user.pk) if asked.by == ME else of_person(posts, asked.by)
    return in_days(posts, asked)


def of_person(posts, username):
    return posts.filter(created_by__username=username)


def in_days(posts, asked):
    """The posts saved or published on these days, where the newsroom is."""
    column = "published_at" if asked.day == PUBLISHED else "saved_at"
    if asked.start:
        posts = posts.filter(**{f"{column}__gte": starts(asked.start)})
    if asked.end:
        posts = posts.filter(**{f"{column}__lt": day_after(asked.end)})
    return posts


def day_after(day):
    """The moment at which a day is over."""
    return starts(day + dt.timedelta(days=1))
