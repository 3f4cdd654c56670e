"""Guessing: how a word goes on while it is typed, and what was meant by one that found little.

Nothing is offered that leads nowhere: each guess has been asked of the live stories.
"""

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from ...library.topic import Topic
from ..listing import TopicListing
from .entry import SearchWord
from .index import backend
from .query import parse, tidy, typed
from .spelling import distance, one_edit_away, sound_of
from .words import fold, site_language

OFFERED = 8
SHORTEST_BEGINNING = 2
LONGEST_TYPED = 100
SHORTEST_GUESSED, LONGEST_GUESSED = 4, 20
MOST_GUESSED = 3
"""Words of one question that are put right."""
MOST_NEAR = 300


def complete(words, *, at):
    """Questions that begin with these words, the likeliest first: live words' endings."""
    words = tidy(words)
    last = (typed(words) or [None])[-1]
    if last is None or last.end() != len(words) or len(last.group()) < SHORTEST_BEGINNING:
        return []
    beginning = fold(last.group())
    rows = SearchWord.objects.filter(begins_with("word", beginning))
    # More than are offered, for some may not be live.
    near = list(rows.order_by("-count", "word").values_list("shown", flat=True)[: OFFERED * 2])
    offered = [words[: last.start()] + word for word in near]
    live = backend().any_live([parse(each) for each in offered], at=at) if offered else ()
    return [each for number, each in enumerate(offered) if number in live][:OFFERED]


def topics_like(words, *, at):
    """Topics with live stories whose address begins with these words."""
    address = "-".join(fold(found.group()) for found in typed(tidy(words)))
    if len(address) < SHORTEST_BEGINNING:
        return []
    lines = TopicListing.objects.live(at).filter(topic=OuterRef("pk"))
    topics = Topic.objects.filter(Exists(lines), begins_with("slug", address))
    return list(topics.order_by("slug")[:OFFERED])


def begins_with(column, beginning):
    """A condition that the database's index serves."""
    if connection.vendor == "postgresql":
        return Q(**{f"{column}__startswith": beginning})
    return Q(**{f"{column}__gte": beginning, f"{column}__lt": beginning + "\U0010ffff"})


def did_you_mean(words, *, at, finds=None):
    """The question with its likely slips put right, or "" when none is better.

    `finds` tells whether a Query finds anything, under a reader's filters perhaps.
    """
    words = tidy(words)
    guessed = [
        (found, fold(found.group()))
        for found in typed(words)
        if SHORTEST_GUESSED <= len(found.group()) <= LONGEST_GUESSED
        and found.group().isalpha()
        and site_language().analyse(found.group())
    ][:MOST_GUESSED]
    near = _near({word for _, word in guessed})
    better, done = "", 0
    for found, word in guessed:
        right = _likeliest(word, near)
        better += words[done : found.start()] + (right or found.group())
        done = found.end()
    better += words[done:]
    if better == words:
        return ""
    finds = finds or (lambda query: bool(backend().any_live([query], at=at)))
    return better if finds(parse(better)) else ""


def _near(words):
    """Words of the vocabulary that may be meant: {word: (shown, count)}."""
    if not words:
        return {}
    slips = words.union(*(one_edit_away(word) for word in words))
    sounds = {sound_of(word) for word in words} - {""}
    near = Q(word__in=slips) | Q(sound__in=sounds)
    for word in words:
        near |= begins_with("word", word)
    rows = SearchWord.objects.filter(near).order_by("-count")
    rows = rows.values_list("word", "shown", "count")[:MOST_NEAR]
    return {word: (shown, count) for word, shown, count in rows}


def _likeliest(word, near):
    """What was meant by a word, or None when it stands well as it is: a slip of the hand first,
    then a word that was not typed to its end."""
    known = near.get(word, ("", -1))[1]
    most = 1 if len(word) < 6 else 2
    choices = []
    for other, (shown, count) in near.items():
        if other == word or count <= known * 10:
            continue
        steps = distance(word, other)
        if steps <= most or (known < 1 and other.startswith(word)):
            choices.append((min(steps, most + 1), -count, shown))
    return min(choices)[2] if choices else None
