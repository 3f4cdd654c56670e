"""Names that are nearly the same: in another order of words, without an accent, with a slip.

Names are sorted, forwards and backwards, and each is compared with the few that follow it: two that
differ in one place begin alike or end alike. That is quick for a hundred thousand.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import OSA

from ..words.tokenizer import fold, site_language, tokenize
from .slugs import INSIDE_WORDS

NEIGHBOURS = 4
SHORT = 5
"""Letters of a name in which one letter may differ; another for every LETTERS_PER_SLIP more."""
LETTERS_PER_SLIP = 6
MAX_SLIPS = 2
_DIGITS = re.compile(r"\d+")


class Form(NamedTuple):
    """A name as it is compared."""

    run: str
    """Its words, folded, without what stands between them."""
    bag: str
    """Its words in alphabetical order, without stop words."""
    key: int


def near_doubles(names: Iterable[tuple[int, str]]) -> list[tuple[int, int]]:
    """Pairs of keys, the lower first, of which a name is nearly the same as one of the other's;
    those that are the same but for order, accents and signs come first."""
    forms = [form for key, name in names if (form := _form(key, name)).run]
    runs = [(form.run, form.key) for form in forms]
    long = [(run, key) for run, key in runs if len(run) >= SHORT]
    backwards = [(run[::-1], key) for run, key in long]
    pairs = (
        *_same([(form.bag, form.key) for form in forms]),
        *_same(runs),
        *_with_slips(long),
        *_with_slips(backwards),
    )
    return list(dict.fromkeys((min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]))


def _form(key: int, name: str) -> Form:
    words = [fold(word) for word in tokenize(INSIDE_WORDS.sub("", name))]
    stop_words = site_language().stop_words
    kept = [word for word in words if word not in stop_words] or words
    return Form("".join(words), " ".join(sorted(kept)), key)


def _same(texts: list[tuple[str, int]]) -> Iterator[tuple[int, int]]:
    texts = sorted(texts)
    for (one, key), (other, next_key) in pairwise(texts):
        if one == other:
            yield key, next_key


def _with_slips(texts: list[tuple[str, int]]) -> Iterator[tuple[int, int]]:
    texts = sorted(texts)
    for distance in range(1, NEIGHBOURS + 1):
        for (one, key), (other, next_key) in zip(texts, texts[distance:], strict=False):
            # They begin alike, or they do when read backwards: the quickest question first.
            half = len(one) // 2 - 1
            if one[:half] == other[:half] and _is_slip(one, other):
                yield key, next_key


def _is_slip(one: str, other: str) -> bool:
    slips = min(1 + (min(len(one), len(other)) - SHORT) // LETTERS_PER_SLIP, MAX_SLIPS)
    if abs(len(one) - len(other)) > slips:
        return False
    if OSA.distance(one, other, score_cutoff=slips) > slips:
        return False
    # Two years are two things.
    return _DIGITS.findall(one) == _DIGITS.findall(other)
