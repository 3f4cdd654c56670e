"""Print what searches cost on the database that DATABASE_URL names (docs/measurements).

python -m tests.benchmarks.search [--rounds 15]

The database should hold 200,000 stories: `manage.py migrate`, `manage.py generate_stories 200000`.
The questions are taken from a sample of its stories, the same each time.
"""

import argparse
import os
import random
import statistics
import time
from collections import Counter
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import django

SAMPLE = 3_000


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.search")
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    from django.db import connection
    from django.test import Client

    reader = Client()
    reader.get("/")
    print(f"{connection.vendor}: ms; medians of {rounds}, the least in brackets\n")
    print(
        "| question | stories | queries | page, best first | processor time"
        " | page, newest first | processor time |\n|---|---|---|---|---|---|---|"
    )
    for name, address in addresses().items():
        figures = [measured(reader, address + sort, rounds) for sort in ("", "&sort=newest")]
        queries = max(each["queries"] for each in figures)
        times = [f"{each['wall']} | {each['cpu']}" for each in figures]
        count = counted(reader.get(address).content.decode())
        print(f"| {name} | {count} | {queries} | {' | '.join(times)} |", flush=True)


def measured(reader, address, rounds):
    """{queries, wall, cpu} of a page that was asked for before; times in words."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        answer = reader.get(address)
        taken = len(queries)
    assert answer.status_code == 200, f"{address} answers {answer.status_code}"
    wall, worked = [], processor_time()
    for _ in range(rounds):
        began = time.perf_counter()
        reader.get(address)
        wall.append((time.perf_counter() - began) * 1000)
    return {
        "queries": taken,
        "wall": f"{statistics.median(wall):.0f} ({min(wall):.0f})",
        "cpu": f"{(processor_time() - worked) * 1000 / rounds:.0f}",
    }


def processor_time():
    """The seconds that this process has worked, and PostgreSQL's for it when it is on this machine:
    what a page takes however busy the machine is."""
    from django.db import connection

    seconds = time.process_time()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            process = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
        if process.exists():
            seconds += int(process.read_text().split()[0]) / 1e9
    return seconds


def counted(page):
    """How many stories a page of results says there are."""
    return page.partition('id="search-said">')[2].partition("<")[0].rpartition(" ")[0]


def addresses():
    """Questions in words → the addresses that ask them."""
    from django.urls import reverse
    from django.utils.http import urlencode

    from articles.models import Edition

    words, pairs = sample()
    every, common, frequent, medium, rare = (
        word_in(words, share) for share in (1, 0.4, 0.04, 0.01, 0.0005)
    )
    other_common = word_in(words, 0.5)
    rare_topic, common_topic = topics()
    day = Edition.objects.live().newest_first()[0].posted_on.replace(day=1) - timedelta(days=400)
    month = {"from": day.replace(day=1), "to": day.replace(day=28)}
    asked = {
        "a word that nobody wrote": {"q": "qqqzzz"},
        "a rare word": {"q": rare},
        "a medium word": {"q": medium},
        "a frequent word": {"q": frequent},
        "a common word": {"q": common},
        "a word in every story": {"q": every},
        "a rare phrase": {"q": f'"{word_in(pairs, 0.0004)}"'},
        "a phrase of frequent words": {"q": f'"{word_in(pairs, 0.01)}"'},
        "a phrase of common words": {"q": f'"{word_in(pairs, 0.1)}"'},
        "a phrase of common words that is rare": {"q": f'"{common} {every}"'},
        "two common words": {"q": f"{common} {other_common}"},
        "one word OR another": {"q": f"{medium} OR {frequent}"},
        "a common word without another": {"q": f"{common} -{other_common}"},
        "a common word, in a common topic": {"q": common, "topic": common_topic},
        "a common word, in a rare topic": {"q": common, "topic": rare_topic},
        "a word of every story, in a rare topic": {"q": every, "topic": rare_topic},
        "a common word within a month": {"q": common, **month},
        "a rare word within a month": {"q": rare, **month},
    }
    path = reverse("search")
    return {name: f"{path}?{urlencode(query)}" for name, query in asked.items()}


def topics():
    """The addresses of the least and the most used topic."""
    from django.db.models import Count

    from articles.models import TopicListing

    counted = TopicListing.objects.values_list("topic__slug").annotate(n=Count("id"))
    slugs = [slug for slug, _ in counted.order_by("n", "topic__slug")]
    return slugs[0], slugs[-1]


def sample():
    """How large a share of the stories have each word, and each pair of words side by side."""
    from articles.library.words.tokenizer import site_language, tokenize
    from articles.models import Edition
    from articles.publishing.search.document_text import texts_of

    newest = Edition.objects.order_by("-pk").values_list("pk", flat=True)[0]
    keys = random.Random(1).sample(range(1, newest + 1), min(SAMPLE, newest))
    words, pairs, stories = Counter(), Counter(), 0
    terms = site_language().terms
    for edition in Edition.objects.filter(pk__in=keys).order_by("pk").defer("body").iterator():
        stories += 1
        seen, together = set(), set()
        for text in texts_of(edition):
            said = [word.lower() for word in tokenize(text) if terms(word)]
            seen.update(said)
            together.update(pairwise(said))
        words.update(seen)
        pairs.update(" ".join(pair) for pair in together)
    return ({each: n / stories for each, n in counts.items()} for counts in (words, pairs))


def word_in(shares, share):
    """The word, or the pair of words, whose share of the stories is nearest to this one."""
    return min(shares, key=lambda each: (abs(shares[each] - share), each))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    from django.test.utils import setup_test_environment

    setup_test_environment()
    main()
