"""The pages that are measured, and somebody to open the desk's."""

from django.contrib.auth.models import Group, User
from django.db.models import Count
from django.urls import reverse

from articles.desk import roles
from articles.models import AuthorListing, Edition, Post, TopicListing
from articles.public.lists.keyset import write_cursor

from .rare import SLUG

COMMON_WORD = "government"
"""One that many generated stories hold."""


def editor():
    """An editor who can open every desk page."""
    user, _ = User.objects.get_or_create(username="benchmark", defaults={"is_staff": True})
    user.groups.add(Group.objects.get(name=roles.EDITOR))
    return user


def pages():
    """Page names → addresses, in the order of the report."""
    story = newest()
    day = middle().posted_on
    return {**lists(story), **archives(day), **machines(day), **desk(story)}


def lists(story):
    """The front, a story and the lists; of topics the most used and one that is always rare."""
    common = most_used(TopicListing, "topic__slug")
    latest = reverse("latest")
    rare_word = max(story.headline.split(), key=len)
    return {
        "front": reverse("front"),
        "story": story.get_absolute_url(),
        "latest": latest,
        "latest, halfway down": f"{latest}?before={write_cursor(middle())}",
        "latest by a common topic": f"{latest}?topic={common}",
        "latest by a rare topic": f"{latest}?topic={SLUG}",
        "latest by both topics": f"{latest}?topic={common}&topic={SLUG}",
        "common topic": reverse("topic", args=[common]),
        "rare topic": reverse("topic", args=[SLUG]),
        "topics": reverse("topics"),
        "section": reverse("section", args=[story.section.slug]),
        "author": reverse("author", args=[most_used(AuthorListing, "author__slug")]),
        "corrections": reverse("corrections"),
        "search, a common word": f"{reverse('search')}?q={COMMON_WORD}",
        "search, newest first": f"{reverse('search')}?q={COMMON_WORD}&sort=newest",
        "search, a rare word": f"{reverse('search')}?q={rare_word}",
    }


def archives(day):
    """The archive pages of a day, and a month through the filters."""
    return {
        "latest by a month": f"{reverse('latest')}?from={day:%Y-%m}-01&to={day:%Y-%m}-28",
        "year": reverse("year", args=[day.year]),
        "month": reverse("month", args=[day.year, day.month]),
        "day": reverse("day", args=[day.year, day.month, day.day]),
    }


def machines(day):
    """What machines read."""
    return {
        "feed": reverse("feed", args=["rss.xml"]),
        "feed of a rare topic": reverse("topic_feed", args=[SLUG, "rss.xml"]),
        "sitemaps": reverse("sitemap_index"),
        "sitemap of a month": reverse("month_map", args=[day.year, day.month]),
        "sitemap of the news": reverse("news_map"),
    }


def desk(story):
    """The admin's list, plain and searched, and its form."""
    posts = reverse("admin:articles_post_changelist")
    return {
        "admin list": posts,
        "admin list, searched": f"{posts}?q={COMMON_WORD}",
        "admin form": reverse("admin:articles_post_change", args=[story.post_id]),
    }


def newest():
    """The edition of the newest story."""
    return Edition.objects.live().newest_first().select_related("section").first()


def most_used(listing, slug):
    """The topic or author with the most lines."""
    lines = listing.objects.exclude(**{slug: SLUG}).values_list(slug)
    return lines.annotate(n=Count("id")).order_by("-n", slug)[0][0]


def middle():
    """The line halfway down the list of all stories."""
    return Edition.objects.live().newest_first().cards()[Post.objects.count() // 2]
