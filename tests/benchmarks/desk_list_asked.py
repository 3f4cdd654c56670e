"""The process of desk_list that asks one database: names of questions in, figures out."""

import json
import os
import sys
import time

import django

from .search import processor_time

LIST, TODAY = "/admin/articles/post/", "/admin/"
EDITOR, REPORTER = "person-00", "person-10"


def main():
    from django.contrib.auth.models import User
    from django.test import Client

    desks = {}
    for name in (EDITOR, REPORTER):
        desks[name] = Client()
        person = User.objects.get(username=name)
        desks[name].force_login(person, backend="articles.desk.rights.backend.DeskBackend")
    known = {name: (desks[EDITOR], LIST, query) for name, query in questions().items()}
    known |= {
        "Today of an editor": (desks[EDITOR], TODAY, {}),
        "Today of a reporter": (desks[REPORTER], TODAY, {}),
    }
    print(json.dumps(list(known)), flush=True)
    warm = set()
    for line in sys.stdin:
        name = line.rstrip("\n")
        print(json.dumps(measured(*known[name], name not in warm)), flush=True)
        warm.add(name)


def measured(desk, address, query, is_first):
    """{shown, queries, page, search}: the milliseconds of a page and of its search alone."""
    from django.db import connection, reset_queries
    from django.test.utils import CaptureQueriesContext

    if is_first:
        desk.get(address, query)
    with CaptureQueriesContext(connection) as captured:
        answer = desk.get(address, query)
    queries = len(captured)
    reset_queries()
    assert answer.status_code == 200, answer.status_code
    today = answer.context.get("today")
    shown = len(today.stories if today else answer.context["stories"])
    page = timed(lambda: desk.get(address, query))
    return {"shown": shown, "queries": queries, "page": page, "search": search(query)}


def timed(work):
    """[(milliseconds by the clock, of processors)] of some work."""
    began, worked = time.perf_counter(), processor_time()
    work()
    return [((time.perf_counter() - began) * 1000, (processor_time() - worked) * 1000)]


def search(query):
    """The milliseconds of the search alone, if something is searched for."""
    from django.utils import timezone

    from articles.desk.search.find import find_posts
    from articles.models import Post

    if set(query) != {"q"} or "/" in query["q"]:
        return []
    return timed(lambda: find_posts(query["q"], Post.objects.all(), now=timezone.now()))


def questions():
    """Questions by name; what they name is in both databases."""
    from articles.models import Author, Edition, Post, Topic

    middle = Post.objects.filter(status="published").order_by("pk").first()
    common, rare = Topic.objects.order_by("pk").first(), Topic.objects.order_by("-pk").first()
    middling = Topic.objects.get(slug="topic-100")
    author = Author.objects.order_by("pk").first()
    address = Edition.objects.filter(post=middle).first().get_absolute_url()
    word = common.name.split()[0].lower()
    slip = f"{word[:2]}{word[3:]}" if len(word) > 4 else f"{word}x"
    return {
        "all stories": {},
        "page 20": {"p": "20"},
        "drafts": {"state": "draft"},
        "in review": {"state": "in_review"},
        "scheduled": {"state": "scheduled"},
        "live": {"state": "live"},
        "live and changed": {"state": "changed"},
        "withdrawn": {"state": "withdrawn"},
        "a section": {"section": "politics"},
        "drafts of a section": {"section": "politics", "state": "draft"},
        "begun by me": {"by": "me"},
        "a common topic": {"topic": common.slug},
        "a middling topic": {"topic": middling.slug},
        "a rare topic": {"topic": rare.slug},
        "an author": {"author": author.slug},
        "saved these 30 days": {"start": "2026-10-27"},
        "posted in a month of 2020": {
            "day": "published",
            "start": "2020-05-01",
            "end": "2020-05-31",
        },
        "a rare word": {"q": "zanzibar"},
        "a word of some": {"q": word},
        "a common word": {"q": "council"},
        "a word of nearly all": {"q": "people"},
        "two common words": {"q": "council people"},
        "a phrase": {"q": '"council people"'},
        "a common word among drafts": {"q": "council", "state": "draft"},
        "a common word of a rare topic": {"q": "council", "topic": rare.slug},
        "a misspelt rare word": {"q": "zanzbar"},
        "a misspelt word of some": {"q": f"{slip} council"},
        "a word that nobody wrote": {"q": "qqqzzzqqq"},
        "a topic by its name": {"q": common.name},
        "an author by name": {"q": author.name},
        "a number": {"q": str(middle.pk)},
        "an address": {"q": f"https://news.example.org{address}"},
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    from django.test.utils import setup_test_environment

    setup_test_environment()
    main()
