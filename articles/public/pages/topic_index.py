"""The index of topics, from A to Z."""

import unicodedata
from itertools import groupby

from django.http import Http404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ...library.naming.slugs import is_slug
from ...library.topic import Topic
from ...publishing.editions.edition import Edition
from ..lists.bounded_counts import MANY, with_counts
from ..lists.languages import requested_language
from ..lists.with_stories import topics_with_stories
from ..moment import moment_of
from ..public_view import public_view
from ..render_page import render_page
from .topics import frequent

TOPICS_PER_PAGE, NEWS_TOPICS, NEWS_STORIES, DESCRIBING_TOPICS = 200, 24, 50, 12
"""Topics on a page; topics in the news at the top of the index, and the number of newest stories
that they come from; topics in the description of a letter."""


@public_view
def topics(request):
    """The topics that have stories, from A to Z; one letter at a time when there are many."""
    at = moment_of(request)
    lang = requested_language(request, at)
    groups = by_letter(topics_with_stories(at, lang).values("pk", "name", "slug"))
    letter = request.GET.get("letter", "")
    if letter:
        return one_letter(request, groups, letter, lang, at=at)
    shown = {"groups": groups, "letters": letter_links(groups, lang)}
    if sum(len(group["topics"]) for group in groups) > TOPICS_PER_PAGE:
        live = lang.of(Edition.objects.live(at), at=at)
        newest = live.newest_first().values("pk")[:NEWS_STORIES]
        news = list(frequent(newest)[:NEWS_TOPICS])
        shown = {"groups": [], "letters": letter_links(groups, lang, apart=True), "news": news}
    count_stories(shown["groups"], lang, at=at)
    return render_page(
        request,
        "pages/topics.html",
        at=at,
        canonical=index_url("", lang),
        page_title=_("Topics"),
        title_text=_("Topics"),
        description=_("All topics that our stories are on, from A to Z."),
        lang=lang,
        **shown,
    )


def one_letter(request, groups, letter, lang, *, at):
    """The topics under one letter, or a part of them. Raises Http404 when there are none."""
    topics = next((group["topics"] for group in groups if group["letter"] == letter), [])
    parts = [
        topics[start : start + TOPICS_PER_PAGE] for start in range(0, len(topics), TOPICS_PER_PAGE)
    ]
    asked = request.GET.get("part", "1")
    numbers = [str(number) for number in range(1, len(parts) + 1)]
    if asked not in numbers:
        raise Http404("no topics under this letter")
    part = numbers.index(asked)
    group = {"letter": letter, "topics": parts[part]}
    count_stories([group], lang, at=at)
    return render_page(
        request,
        "pages/topics.html",
        at=at,
        canonical=index_url(letter, lang, part),
        page_title=_("Topics: %(letter)s") % {"letter": letter},
        description=" · ".join(topic["name"] for topic in group["topics"][:DESCRIBING_TOPICS]),
        title_text=_("Topics"),
        lang=lang,
        groups=[group],
        letters=letter_links(groups, lang, apart=True, current=letter),
        parts=[
            {
                "text": pgettext("names", "%(first)s to %(last)s")
                % {"first": rows[0]["name"], "last": rows[-1]["name"]},
                "url": index_url(letter, lang, number),
                "current": number == part,
            }
            for number, rows in enumerate(parts)
            if len(parts) > 1
        ],
    )


def letter_links(groups, lang, *, apart=False, current=""):
    """Links to the letters: [{text, url, current}]; to pages of their own if `apart`."""
    return [
        {
            "text": group["letter"],
            "url": index_url(group["letter"], lang) if apart else f"#letter-{place}",
            "current": group["letter"] == current,
        }
        for place, group in enumerate(groups, start=1)
    ]


def index_url(letter, lang, part=0):
    """The address of a part of a letter's topics, or of the whole index."""
    query = [("letter", letter)] if letter else []
    query += [*([("part", part + 1)] if part else []), *lang.pairs]
    return f"{reverse('topics')}?{urlencode(query)}" if query else reverse("topics")


def count_stories(groups, lang, *, at):
    """Set `stories`, the number of live stories, and `many` on each topic of some groups."""
    keys = [topic["pk"] for group in groups for topic in group["topics"]]
    counted = with_counts(Topic.objects.filter(pk__in=keys), lang, at=at).order_by()
    counts = dict(counted.values_list("pk", "stories"))
    for group in groups:
        for topic in group["topics"]:
            topic["stories"] = counts.get(topic["pk"], 0)
            topic["many"] = topic["stories"] >= MANY


def by_letter(topics):
    """Topics by first letter, with digits and signs last: [{letter, topics}]."""
    named = sorted(
        (letter_of(topic["name"]), topic["name"].casefold(), topic["slug"], topic)
        for topic in topics
        if is_slug(topic["slug"])
    )
    groups = [
        {"letter": letter, "topics": [row[3] for row in rows]}
        for letter, rows in groupby(named, key=lambda row: row[0])
    ]
    return sorted(groups, key=lambda group: group["letter"] == "#")


def letter_of(name):
    """The letter under which a name stands, without its accent; # for digits and signs."""
    first = unicodedata.normalize("NFKD", name.strip()[:1]).upper()[:1]
    return first if first.isalpha() else "#"
