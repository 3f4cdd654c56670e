"""What holds of every merge, whatever two people did to a story.

MERGE_SEEDS=20000 tries more of it by hand.
"""

import copy
import os
import re

import pytest

from articles.desk.writing.merge import merge

from .documents import Writer, ids, links_of, words_of

SEEDS = int(os.environ.get("MERGE_SEEDS", "300"))
FEW_WORDS = re.split(
    " ",
    "the of to and a in that he was it for on is said with at by his from as not but who they be "
    "had have were police minister government people city year Monday 12 14 two says after new "
    "river fire school closed opened court judge told would could will more than about bridge",
)


def versions(seed):
    """(base, theirs, mine) of a seed: every other one with words that repeat."""
    vocabulary = FEW_WORDS if seed % 2 else ()
    base = Writer(seed, "b", vocabulary).document()
    theirs = Writer(seed, "t", vocabulary).changed(base)
    if seed % 5 == 0:
        # They began from what I had saved before.
        theirs = Writer(seed, "t", vocabulary).changed(
            Writer(seed, "m", vocabulary).changed(base, 2)
        )
        return base, theirs, Writer(seed, "m", vocabulary).changed(base, 2)
    return base, theirs, Writer(seed, "m", vocabulary).changed(base)


def check(seed):
    base, theirs, mine = versions(seed)
    before = copy.deepcopy((base, theirs, mine))
    merged, conflicts = merge(base, theirs, mine, who="Ann")
    assert (base, theirs, mine) == before

    has, b, t, m = map(words_of, (merged, base, theirs, mine))
    for side in (t, m):
        added = side - b
        lost = added - has
        assert not lost, f"lost {lost}"
    # Each side's additions count, unless both did the same.
    kept = b - (b - t) - (b - m)
    assert not kept - has, f"lost of the base {kept - has}"
    assert links_of(theirs) - links_of(base) <= links_of(merged)

    known = [*ids(merged), *(each for _gallery, held in galleries(merged) for each in held)]
    assert len(set(known)) == len(known)
    new = [n for n in merged["lead"] + merged["body"] if n["type"] == "alternative"]
    assert len(new) == conflicts
    pictures = [{each, *held} for each, held in galleries(merged)]
    for region in ("lead", "body"):
        for before_, node in zip(merged[region], merged[region][1:], strict=False):
            if node["type"] == "alternative":
                about = {before_["attrs"]["id"], before_["attrs"].get("about")}
                held = [group for group in pictures if about & group]
                assert node["attrs"]["about"] in about.union(*held)

    again, new_conflicts = merge(base, merged, mine, who="Ann")
    assert again == merged
    assert new_conflicts == 0
    swapped, _ = merge(base, mine, theirs, who="Ann")
    if ids(base) == ids(theirs) == ids(mine):
        assert words_of(swapped) == has
    else:
        # What surrounds a conflict is told twice, and how much of it depends on the blocks.
        assert words_of(swapped).keys() == has.keys()
    untouched = [
        each
        for each in ids(base)
        if each in ids(theirs) and each in ids(mine) and each in ids(merged)
    ]
    if ids(base) == ids(theirs) == ids(mine):
        assert [each for each in ids(merged) if each in untouched] == untouched


def galleries(document):
    """(id, ids of its pictures) of each gallery."""
    for node in document["lead"] + document["body"]:
        if node["type"] == "gallery":
            yield node["attrs"]["id"], [each["id"] for each in node["attrs"]["pictures"]]


def check_simple(seed):
    base, theirs, mine = versions(seed)
    assert merge(base, base, mine) == (mine, 0)
    assert merge(base, theirs, base) == (theirs, 0)
    assert merge(base, mine, mine) == (mine, 0)


@pytest.mark.parametrize("first", range(0, SEEDS, 50))
def test_a_merge_loses_no_word_and_does_nothing_when_done_again(first):
    for seed in range(first, first + 50):
        try:
            check(seed)
            check_simple(seed)
        except Exception as error:
            raise AssertionError(f"seed {seed}: {error}") from error
