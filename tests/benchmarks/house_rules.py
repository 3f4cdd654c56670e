"""What the rules of the house cost a long story, and whether that grows as the story.

python -m tests.benchmarks.house_rules [--words 30000] [--list 200] [--patterns 20] [--rounds 15]

Needs no database. Prints the least that the processor took, in milliseconds, for the text of a
story of so many words and for a tenth of it, by turns, rule by rule: the cost of a word must be
the same in both.
"""

import argparse
import os
import random
from dataclasses import replace
from itertools import pairwise
from time import process_time

import django

from articles.management.generating.vocabulary import COMMON, made_up_words

LINE = "{:<18} {:>9} {:>9} {:>10}"


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.house_rules")
    parser.add_argument("--words", type=int, default=30_000)
    parser.add_argument("--list", type=int, default=200)
    parser.add_argument("--patterns", type=int, default=20, help="how many of the list")
    parser.add_argument("--rounds", type=int, default=30)
    options = parser.parse_args()
    django.setup()
    sizes = (options.words // 10, options.words)
    names = list_of_the_house(options.list, options.patterns)
    stories = [story_of(size, names) for size in sizes]
    print(LINE.format("", f"{sizes[0]:,}", f"{sizes[1]:,}", "per word"))
    for what, work in works().items():
        few, many = times(work, stories, rounds=options.rounds)
        ratio = many / sizes[1] / (few / sizes[0])
        print(LINE.format(what, f"{few:.2f} ms", f"{many:.1f} ms", f"x {ratio:.2f}"))


def works():
    """{what: a function of (post, blocks, story)}: the whole, and its parts."""
    from articles.desk.house_style.house_style import Style
    from articles.desk.house_style.rules import RULES
    from articles.desk.house_style.story_text import story_text

    def whole(post, blocks, story):
        read = replace(story, text=story_text(post, blocks))
        return Style({}, post.language, story.names).findings(read)

    def reading(post, blocks, story):
        return story_text(post, blocks)

    def of_rule(rule):
        return lambda post, blocks, story: list(rule.finds(story, rule.number or 0))

    rules = {code: of_rule(rule) for code, rule in RULES.items()}
    return {"all of it": whole, "reading": reading} | rules


def times(work, stories, *, rounds):
    """The least milliseconds for each of the stories, measured by turns."""
    taken = [[] for _story in stories]
    for _round in range(rounds):
        for place, story in enumerate(stories):
            began = process_time()
            work(*story)
            taken[place].append((process_time() - began) * 1000)
    return [min(each) for each in taken]


def list_of_the_house(count, patterns):
    from articles.desk.house_style.house_word import HouseWord
    from articles.desk.house_style.names import Names

    rare = made_up_words(random.Random(1), count)
    pairs = [*pairwise(COMMON), *((word, "of") for word in rare)][: count - patterns]
    words = [
        HouseWord(pk=number, wrong=" ".join(pair), right="right")
        for number, pair in enumerate(pairs, start=1)
    ]
    wrong = [f"Al[- ]?Q{number}a[ei]da" for number in range(patterns)]
    found = [HouseWord(pk=-key, wrong=each, is_pattern=True) for key, each in enumerate(wrong, 1)]
    return Names([*words, *found])


def story_of(size, names):
    """(post, blocks, story): paragraphs of fifty words, of which one in four quotes somebody."""
    from articles.desk.blocks import Text
    from articles.desk.house_style.rules import StyledStory
    from articles.desk.house_style.story_text import story_text
    from articles.models import Post

    chosen = random.Random(size)
    paragraphs = []
    for number in range(size // 50):
        words = " ".join(chosen.choices(COMMON, k=42)) + " the mayor's house"
        end = "“It was never so, and it will never be,” she said." if number % 4 == 0 else "So."
        paragraphs.append(f"<p>{words} <b>{chosen.choice(COMMON)}</b>, {end}</p>")
    post = Post(headline="A long story", language="en-gb", pk=1)
    blocks = [Text(pk=1, html="".join(paragraphs))]
    story = StyledStory(post, story_text(post, blocks), names, has_byline=True, has_topics=True)
    return post, blocks, story


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    main()
