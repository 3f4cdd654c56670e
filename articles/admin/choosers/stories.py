"""Stories to link to: suggestions for the story being written, and search over the desk.

What readers see comes first; what they do not see yet, or no longer, comes last.
"""

import datetime as dt
from dataclasses import dataclass, replace
from itertools import combinations

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...desk.post import Post
from ...library.whole_numbers import parse_whole_number
from ...library.words.query import Query, parse
from ...library.words.tokenizer import fold, site_language, tokenize
from ...public.lists.union_slices import first_of_each
from ...publishing.editions.edition import NOT_IN_RESULTS, Edition
from ...publishing.editions.packing import WORDS
from ...publishing.search.entry import place_of
from ...publishing.search.matching import day_number, freshness, newest
from ..steps.status_summary import site_status
from .facts import current_of, edition_facts, facts_of_post, uuid_in, with_what_is_shown
from .found_stories import HIDDEN_STATES, find_offered

PAGE_SIZE = 20
MAX_PAGES = 20
MAX_UNPUBLISHED = 8
MAX_RANKED = 60
"""The newest stories with something in common, of which the best are suggested."""
MAX_SUGGESTED = 10
MAX_TOPICS, MAX_WORDS = 6, 5
"""Topics and words of the story being written that others are looked for with."""
MIN_WORD = 4
RECENT = dt.timedelta(hours=48)
UNPUBLISHED_SINCE = dt.timedelta(days=400)
"""How long ago an unpublished story was saved at most: older drafts are found in the list."""


@dataclass(frozen=True)
class Writing:
    """The story being written, as far as it says which others go with it: its primary key or its
    uuid as text, "" for one that is not saved yet, and what stands in its unsaved form."""

    post: str = ""
    headline: str = ""
    topics: tuple[str, ...] = ()

    def is_other(self, facts: dict, key: int) -> bool:
        """Whether a story, by its facts and the primary key of its post, is not this one."""
        return self.post not in {facts["uuid"], str(key)}

    def with_stored(self) -> "Writing":
        """With what is stored in place of what the form does not say; one query, or none."""
        if key := parse_whole_number(self.post):
            rows = Post.objects.filter(pk=key)
        elif identity := uuid_in(self.post):
            rows = Post.objects.filter(uuid=identity)
        else:
            return self
        rows = list(rows.values_list("headline", "post_topics__tag__name"))
        if not rows:
            return self
        stored = tuple(name for _headline, name in rows if name)
        headline, topics = self.headline or rows[0][0], self.topics or stored
        return replace(self, headline=headline, topics=topics)


def find_stories(typed: str, writing: Writing, *, page: int = 1, now: dt.datetime) -> dict:
    """{results: [story facts], more, meant, near}, one page of what was searched for.

    `meant` are the words in the spelling that was searched for instead; `near` says that the
    results have only most of the words. On the first page what readers do not see comes last.
    """
    found = find_offered(typed, now=now)
    start = (page - 1) * PAGE_SIZE
    keys = found.live[start : start + PAGE_SIZE]
    keys += found.hidden[:MAX_UNPUBLISHED] if page == 1 else []
    return {
        "results": facts_of_all([], posts_in_order(keys, now=now), writing, now=now),
        "more": start + PAGE_SIZE < len(found.live) and page < MAX_PAGES,
        "meant": found.meant,
        "near": found.near,
    }


def suggest_stories(writing: Writing, *, page: int = 1, now: dt.datetime) -> dict:
    """The same before anything is typed: what goes with the story being written, each with its
    `reason` in words, among the newest; those of the last 48 hours first."""
    start = (page - 1) * PAGE_SIZE
    latest = shown_in_lists(now).newest_first()[start : start + PAGE_SIZE + 1]
    latest = list(latest.select_related("section"))
    more = len(latest) > PAGE_SIZE and page < MAX_PAGES
    found = suggested(writing.with_stored(), now=now) if page == 1 else []
    reasons = {str(edition.uuid): reason for edition, reason in found}
    listed = [edition for edition, _reason in found]
    listed += [each for each in latest[:PAGE_SIZE] if str(each.uuid) not in reasons]
    listed.sort(key=lambda each: each.published_at < now - RECENT)
    hidden = unpublished(now=now) if page == 1 else []
    results = facts_of_all(listed, hidden, writing, now=now)
    for facts in results:
        facts["reason"] = reasons.get(facts["uuid"], "")
    return {"results": results, "more": more, "meant": "", "near": False}


def facts_of_all(editions, posts, writing: Writing, *, now: dt.datetime) -> list[dict]:
    """The facts of live editions and then of posts, but for the story being written."""
    rows = [(edition_facts(each, now=now), each.post_id) for each in editions]
    rows += [(facts_of_post(each, now=now), each.pk) for each in posts]
    return [facts for facts, key in rows if writing.is_other(facts, key)]


def shown_in_lists(now: dt.datetime):
    """Live editions with what a row of the dialog shows."""
    return Edition.objects.live(now).defer(*WORDS, *NOT_IN_RESULTS)


def posts_in_order(keys: list[int], *, now: dt.datetime) -> list[Post]:
    """The posts of these keys, with what a row of the dialog shows, in their order."""
    if not keys:
        return []
    rows = with_what_is_shown(Post.objects.filter(pk__in=keys).order_by(), now=now)
    found = {post.pk: post for post in rows}
    return [found[key] for key in keys if key in found]


def ranked_newest(query: Query, *, now: dt.datetime) -> list[Edition]:
    """The newest live stories that match a query, with their sections, in one query."""
    rows = shown_in_lists(now).annotate(section_name=F("section__name"))
    editions = newest(query, rows, at=now, size=MAX_RANKED).editions
    for edition in editions:
        edition.section = edition._meta.get_field("section").related_model(
            pk=edition.section_id, name=edition.section_name
        )
    return editions


def stems_above(edition: Edition) -> set[str]:
    """The stems of a story's headline and standfirst."""
    return set(site_language().stems_in(f"{edition.headline} {edition.standfirst}"))


def suggested(writing: Writing, *, now: dt.datetime) -> list[tuple[Edition, str]]:
    """[(live edition, why in words)] of the stories that go with what is being written."""
    words = likely_words(writing.headline)
    query = query_for(writing.topics[:MAX_TOPICS], words)
    if not query:
        return []
    today, scored = day_number(now), []
    for edition in ranked_newest(query, now=now):
        topics = shared_topics(writing, edition)
        stems = stems_above(edition)
        shared = [word for word in words if stems.issuperset(site_language().stems_in(word))]
        fresh = freshness(place_of(edition.published_at), today=today)
        score = (3 * len(topics) + len(shared)) * fresh
        if score:
            scored.append((score, edition, reason_for(topics, shared)))
    scored.sort(key=lambda each: -each[0])
    return [(edition, reason) for _score, edition, reason in scored[:MAX_SUGGESTED]]


def shared_topics(writing: Writing, edition: Edition) -> list[str]:
    own = {name.casefold() for name in writing.topics}
    return [topic["name"] for topic in edition.topics if topic["name"].casefold() in own]


def reason_for(topics: list[str], words: list[str]) -> str:
    """Why a story is suggested, in words."""
    if topics:
        sentence = ngettext("Same topic: %s", "Same topics: %s", len(topics))
        return sentence % ", ".join(topics[:3])
    return _("Also about: %s") % ", ".join(words[:3])


def likely_words(headline: str) -> list[str]:
    """The words of a headline that say most about it: long ones, names before others."""
    stop_words = site_language().stop_words
    words = [word for word in dict.fromkeys(tokenize(headline)) if len(word) >= MIN_WORD]
    words = [word for word in words if fold(word) not in stop_words]
    ordered = sorted(words, key=lambda word: (not word[0].isupper(), -len(word)))
    return ordered[:MAX_WORDS]


def query_for(topics: tuple[str, ...], words: list[str]) -> Query:
    """A query for stories with any of these topics, or any two of these words."""
    wanted = [f'"{name}"' for name in topics]
    wanted += [" ".join(pair) for pair in combinations(words, 2)] or words
    groups = (group for each in wanted for group in parse(each).groups[:1])
    return Query(" ".join([*topics, *words]), tuple(groups))


def unpublished(*, now: dt.datetime) -> list[Post]:
    """Stories on the desk that readers do not see, the last saved: scheduled and ready ones first,
    withdrawn ones last."""
    # Scheduled stories by their editions: among all that are published they would be looked for.
    scheduled = Edition.objects.filter(live_from__gt=now).order_by("live_from")
    written = Post.objects.filter(saved_at__gte=now - UNPUBLISHED_SINCE).newest_first()
    slices = [scheduled.annotate(key=F("post"))[:MAX_UNPUBLISHED]]
    slices += [
        written.filter(status=status).annotate(key=F("pk"))[:MAX_UNPUBLISHED]
        for status in HIDDEN_STATES[1:]
    ]
    posts = Post.objects.filter(pk__in=first_of_each(slices, "key"))
    found = list(with_what_is_shown(posts.newest_first(), now=now))
    hidden = [post for post in found if not site_status(current_of(post), now).live]
    hidden.sort(key=place_among_hidden)
    return hidden[:MAX_UNPUBLISHED]


def place_among_hidden(post: Post) -> int:
    return 0 if current_of(post) else HIDDEN_STATES.index(post.status)
