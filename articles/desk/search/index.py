"""Writing the desk's index of words: with every save, in its transaction; and all over again."""

from collections.abc import Collection, Iterator, Sequence

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from ...library.words.stems import stems_of_texts, words_of
from ...library.words.tokenizer import MARK
from ..post import Post
from .backends import backend
from .entry import FORM, PostToIndex
from .texts import WEIGHTS, texts_of_posts

BATCH_SIZE = 200
MAX_AT_ONCE = 200
"""Stories that a change of a name indexes in its own transaction; if there are more, all wait."""
NOT_INDEXED = Q(words=None) | Q(words__form__lt=FORM)
"""Posts that are not in the index, or not in the form that is written now."""


def index_posts(keys: Collection[int]) -> None:
    """Write the lines of these posts anew; two queries for a batch, on SQLite three where some of
    them have none.

    Call it in the transaction that changes them.
    """
    ordered = sorted(keys)
    for start in range(0, len(ordered), BATCH_SIZE):
        _write(ordered[start : start + BATCH_SIZE])


def _write(keys: Sequence[int]) -> None:
    lines, without = [], []
    for post, parts in sorted(texts_of_posts(keys).items()):
        texts = [" \n".join(parts[part]) for part in WEIGHTS]
        stems = stems_of_texts(texts, words_of(texts))
        stems[WEIGHTS.index("names")] += [MARK, *parts["days"]]
        lines.append((post, stems))
        if parts["form"] != [str(FORM)]:
            without.append(post)
    if lines:
        backend().store(lines, FORM, without=without)


def index_named(posts: QuerySet[Post]) -> None:
    """Write the lines of posts whose names changed elsewhere: a topic, an author or a picture.

    Of many posts the lines are written later, by `index_waiting`.
    """
    keys = list(posts.order_by().values_list("pk", flat=True)[: MAX_AT_ONCE + 1])
    if len(keys) <= MAX_AT_ONCE:
        index_posts(keys)
        return
    sql, values = posts.order_by().values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {PostToIndex._meta.db_table} (post_id) SELECT p.pk FROM ({sql}) p"  # noqa: S608
            " WHERE true ON CONFLICT (post_id) DO NOTHING",
            values,
        )


def index_waiting(most: int = 2_000) -> int:
    """Write the lines of posts that wait for it, at most so many; returns how many."""
    done = 0
    while done < most:
        with transaction.atomic():
            rows = PostToIndex.objects.select_for_update(skip_locked=_can_skip()).order_by("pk")
            keys = [row.pk for row in rows[:BATCH_SIZE]]
            index_posts(keys)
            PostToIndex.objects.filter(pk__in=keys).delete()
        done += len(keys)
        if len(keys) < BATCH_SIZE:
            break
    return done


def _can_skip() -> bool:
    return connection.features.has_select_for_update_skip_locked


def reindex_posts(*, after: int = 0, missing: bool = False) -> Iterator[list[int]]:
    """Write the index anew, batch by batch, while the desk works; yields the keys of each batch
    when it is written. With `missing`, only of posts that are not in it, or in an older form."""
    posts = Post.objects.filter(NOT_INDEXED) if missing else Post.objects.all()
    while True:
        with transaction.atomic():
            # Held, so that nobody saves one between its words being read and stored.
            held = Post.objects.select_for_update(no_key=True, of=("self",))
            rows = posts.filter(pk__gt=after).order_by("pk").values("pk")[:BATCH_SIZE]
            keys = list(held.filter(pk__in=list(rows.values_list("pk", flat=True))).order_by("pk"))
            index_posts([post.pk for post in keys])
        if not keys:
            return
        after = keys[-1].pk
        yield [post.pk for post in keys]


def optimize() -> None:
    """After bulk work: what lets the database find words quickly."""
    backend().optimize()
