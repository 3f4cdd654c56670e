"""The pages that are measured, and somebody to open the desk's."""

from django.contrib.auth.models import Group, User
from django.db.models import Count
from django.urls import reverse

from articles.desk import roles
from articles.models import AuthorListing, Edition, Post, TopicListing
from articles.public.keyset import write


def editor():
    """An editor who can open every desk page."""
    user, _ = User.objects.get_or_create(username="benchmark", defaults={"is_staff": True})
    user.groups.add(Group.objects.get(name=roles.EDITOR))
    return user


def pages():
    """Page names → addresses, in the order of the report."""
    story = Edition.objects.live().newest_first().select_related("section").first()
    return {**lists(story), **archives(story.posted_on), **desk(story)}


def lists(story):
    """The front, a story and the lists; of topics the most and the least used."""
    rare, common = ends(TopicListing, "topic__slug")
    latest = reverse("latest")
    return {
        "front": reverse("front"),
        "story": story.get_absolute_url(),
        "latest": latest,
        "latest, halfway down": f"{latest}?before={write(middle())}",
        "latest by a common topic": f"{latest}?topic={common}",
        "latest by a rare topic": f"{latest}?topic={rare}",
        "common topic": reverse("topic", args=[common]),
        "rare topic": reverse("topic", args=[rare]),
        "topics": reverse("topics"),
        "section": reverse("section", args=[story.section.slug]),
        "author": reverse("author", args=[ends(AuthorListing, "author__slug")[1]]),
        "search": f"{reverse('search')}?q={story.headline.split()[0]}",
        "search, newest first": f"{reverse('search')}?q={story.headline.split()[0]}&sort=newest",
        "feed": "/feeds/rss.xml",
    }


def archives(day):
    """The archive pages of a day, and a month through the filters."""
    return {
        "latest by a month": f"{reverse('latest')}?from={day:%Y-%m}-01&to={day:%Y-%m-%d}",
        "year": reverse("year", args=[day.year]),
        "month": reverse("month", args=[day.year, day.month]),
        "day": reverse("day", args=[day.year, day.month, day.day]),
    }


def desk(story):
    """The admin's list, plain and searched, and its form."""
    posts = reverse("admin:articles_post_changelist")
    return {
        "admin list": posts,
        "admin list, searched": f"{posts}?q={story.headline.split()[0]}",
        "admin form": reverse("admin:articles_post_change", args=[story.post_id]),
    }


def ends(listing, slug):
    """The least and the most used topic or author."""
    counted = list(listing.objects.values_list(slug).annotate(n=Count("id")).order_by("n", slug))
    return counted[0][0], counted[-1][0]


def middle():
    """The line halfway down the list of all stories."""
    return Edition.objects.live().newest_first().cards()[Post.objects.count() // 2]
