"""Where the desk leads: its rail, by what people do, and the page of settings."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Place:
    """A line of the rail. Whoever has one of the permissions sees it; without any, everybody does.

    It is marked on every page whose URL's name is its own, or begins with one of `within`. Those
    `below` it stand under it.
    """

    key: str
    title: str | Promise
    url_name: str
    permissions: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    below: tuple["Place", ...] = ()


@dataclass(frozen=True)
class Setting:
    """A link of the page of settings, with what is done there."""

    title: str | Promise
    help: str | Promise
    url_name: str
    permissions: tuple[str, ...] = ()


PLACES = [
    Place("today", _("Today"), "index", within=("dead_links",)),
    Place(
        "stories",
        _("Stories"),
        "articles_post_changelist",
        ("articles.view_post", "articles.change_post"),
        ("articles_post", "articles_plan", "calendar"),
        below=(
            Place(
                "planning",
                _("Planning"),
                "articles_plan_changelist",
                ("articles.view_post",),
                ("articles_plan",),
            ),
            Place("calendar", _("Calendar"), "calendar", ("articles.view_post",), ("calendar",)),
        ),
    ),
    Place(
        "pictures",
        _("Pictures"),
        "articles_photo_changelist",
        ("articles.view_photo", "articles.change_photo"),
        ("articles_photo", "articles_recording"),
    ),
    Place(
        "fronts",
        _("Fronts"),
        "articles_placement_changelist",
        ("articles.change_placement",),
        ("articles_placement", "articles_breaking"),
    ),
    Place(
        "topics",
        _("Topics"),
        "articles_topic_changelist",
        ("articles.view_topic", "articles.change_topic"),
        ("articles_topic",),
    ),
    Place(
        "people",
        _("People"),
        "articles_author_people",
        ("articles.view_author", "articles.change_author"),
        ("articles_author", "auth_user"),
    ),
    Place(
        "settings",
        _("Settings"),
        "settings",
        within=(
            "machine",
            "shared_previews",
            "house_style",
            "articles_houseword",
            "articles_section",
            "articles_oldaddress",
            "articles_importrun",
            "auth_group",
            "time_machine",
            "password_change",
            "second_factor",
            "own_sessions",
            "own_mail",
            "log",
        ),
    ),
]

SETTINGS = [
    Setting(
        _("Sections"),
        _("The departments that stories belong to, and their order."),
        "articles_section_changelist",
        ("articles.view_section", "articles.change_section"),
    ),
    Setting(
        _("Breaking banners"),
        _("The line above every page while something is news."),
        "articles_breaking_changelist",
        ("articles.change_breaking",),
    ),
    Setting(
        _("House style"),
        _("What is to be put right before a story goes out: what warns, and what keeps it back."),
        "house_style",
        ("articles.view_houseword",),
    ),
    Setting(
        _("Words of the house"),
        _("Names and other words that are written in one way here."),
        "articles_houseword_changelist",
        ("articles.view_houseword",),
    ),
    Setting(
        _("Shared previews"),
        _("Links by which people without an account see stories before readers do."),
        "shared_previews",
        ("articles.share_preview",),
    ),
    Setting(
        _("Accounts"),
        _("Who may sign in, and in which role."),
        "auth_user_changelist",
        ("auth.view_user", "auth.change_user"),
    ),
    Setting(
        _("Roles"),
        _("What reporters, editors and administrators may do."),
        "auth_group_changelist",
        ("auth.view_group", "auth.change_group"),
    ),
    Setting(
        _("Who may do what"),
        _("Every right, and which roles give it."),
        "auth_group_rights",
        ("auth.view_group", "auth.change_group"),
    ),
    Setting(
        _("The site at another moment"),
        _("Any page as readers saw it then, or are to see it."),
        "time_machine",
        ("articles.view_edition",),
    ),
    Setting(
        _("Machine"),
        _("What runs by itself, what is overdue, and how storage, database and caches are."),
        "machine",
        ("articles.view_machine",),
    ),
    Setting(
        _("Log"),
        _("Who did what, when, and to which row."),
        "log",
        ("articles.view_log",),
    ),
    Setting(
        _("Imports"),
        _("Archives of other sites that were brought in, with the report of each run."),
        "articles_importrun_changelist",
        ("articles.import_stories",),
    ),
    Setting(
        _("Old addresses"),
        _("Addresses of another site, and what each leads to here."),
        "articles_oldaddress_changelist",
        ("articles.view_oldaddress",),
    ),
    Setting(
        _("Second factor"),
        _("A code from your telephone, beside your password."),
        "second_factor",
    ),
    Setting(
        _("Where you are signed in"),
        _("Every browser in which you are, and a button to sign out of the others."),
        "own_sessions",
    ),
    Setting(
        _("Mail about notes"),
        _("Whether a mail tells you that a colleague left you a note."),
        "own_mail",
        ("articles.view_post",),
    ),
    Setting(
        _("Your password"),
        _("Choose another one for your own account."),
        "password_change",
    ),
]


def may_see(user, entry: Place | Setting) -> bool:
    """Whether somebody may open what a place or a setting leads to."""
    return not entry.permissions or any(map(user.has_perm, entry.permissions))


def is_within(place: Place, url_name: str) -> bool:
    """Whether the page of this name belongs to a place."""
    inside = any(url_name == name or url_name.startswith(f"{name}_") for name in place.within)
    return inside or url_name == place.url_name


def places_for(request: HttpRequest) -> list[dict]:
    """[{key, title, url, is_current, below: the same}] of the rail for whoever asks."""
    here = (request.resolver_match and request.resolver_match.url_name) or ""
    return _shown(PLACES, request.user, here)


def _shown(places: Sequence[Place], user, here: str) -> list[dict]:
    return [
        {
            "key": place.key,
            "title": place.title,
            "url": reverse(f"admin:{place.url_name}"),
            "is_current": is_within(place, here),
            "below": _shown(place.below, user, here),
        }
        for place in places
        if may_see(user, place)
    ]


def settings_for(user) -> list[dict]:
    """[{title, help, url}] of the settings that somebody may open."""
    return [
        {"title": each.title, "help": each.help, "url": reverse(f"admin:{each.url_name}")}
        for each in SETTINGS
        if may_see(user, each)
    ]
