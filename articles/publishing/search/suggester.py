"""Guessing: how a word goes on while it is typed, and what was meant by one that found little.

Nothing is offered that leads nowhere: each guess has been asked of the live stories.
"""

from django.db import connection
from django.db.models import Q

from .entry import SearchWord
from .index import backend
from .spelling import distance, one_edit_away, sound_of
from .text.query import parse, tidy, typed
from .text.tokenizer import fold, site_language

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


def begins_with(column, beginning):
    """A condition that the database's index serves."""
    if connection.vendor == "postgresql":
        return Q(**{f"{column}__startswith": beginning})
    return Q(**{f"{column}__gte": beginning, f"{column}__lt": beginning + "\U0010ffff"})


def did_you_mean(words, *, at, finds=None, near=None):
    """The question with its likely slips put right, or "" when none is better.

    `finds` tells whether a Query finds anything, under a reader's filters perhaps; `near` are
    the rows of `near_words`, where they have been asked for.
    """
    words = tidy(words)
    if near is None:
        near = near_words(words) or ()
    near = {word: (shown, count) for shown, word, count in near}
    better, done = "", 0
    for found, word in _guessed(words):
        right = _likeliest(word, near)
        better += words[done : found.start()] + (right or found.group())
        done = found.end()
    better += words[done:]
    if better == words:
        return ""
    finds = finds or (lambda query: bool(backend().any_live([query], at=at)))
    return better if finds(parse(better)) else ""


def _guessed(words):
    """The words of a question that may have slips: [(where they stand, folded)]."""
    return [
        (found, fold(found.group()))
        for found in typed(words)
        if SHORTEST_GUESSED <= len(found.group()) <= LONGEST_GUESSED
        and found.group().isalpha()
        and site_language().analyse(found.group())
    ][:MOST_GUESSED]


def near_words(words):
    """Rows of the vocabulary that may be meant by words, (shown, word, count), as a query; None
    where nothing can be meant."""
    words = {word for _, word in _guessed(tidy(words))}
    if not words:
        return None
    slips = words.union(*(one_edit_away(word) for word in words))
    sounds = {sound_of(word) for word in words} - {""}
    near = Q(word__in=slips) | Q(sound__in=sounds)
    for word in words:
        near |= begins_with("word", word)
    rows = SearchWord.objects.filter(near).order_by("-count")
    return rows.values_list("shown", "word", "count")[:MOST_NEAR]


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
