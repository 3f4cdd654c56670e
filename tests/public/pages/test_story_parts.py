"""The stored parts of a story's page: never wrong, and not rendered again without need."""

import datetime as dt
import re

import pytest
import time_machine
from django.conf import settings as project
from django.core.management import call_command
from django.utils.html import escape

from articles.models import StoryParts, Topic
from articles.public.pages.story import page as story_page
from articles.public.pages.story import parts
from articles.public.pages.story.parts import (
    ORIGIN,
    PLACE,
    SETTINGS,
    RenderedParts,
)
from articles.publishing.names.merge import merge
from articles.publishing.steps.schedule import schedule
from tests.builders import make_story, make_topic, rewrite

from ..addresses import HOUR, NOON

pytestmark = pytest.mark.django_db

RENDERS_PARTS = (
    "articles/library",
    "articles/publishing/editions",
    "articles/public/head",
    "articles/public/pages/story",
    "articles/templatetags",
)
"""Folders of the code that renders parts."""


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def refuse_rendering(monkeypatch):
    """From its call on, a page whose parts would be rendered for a request fails."""

    def refuse(*parts):
        raise AssertionError("rendered again")

    return lambda: monkeypatch.setattr(story_page, "render_row", refuse)


def address(post):
    return post.editions.order_by("-number").first().get_absolute_url()


def render():
    """Store the parts of all stories, as publications do when they are committed."""
    call_command("render_stories", verbosity=0)


def made_anew(client, url, **extra):
    """The page without stored parts."""
    kept = list(StoryParts.objects.all())
    StoryParts.objects.all().delete()
    try:
        return client.get(url, **extra).text
    finally:
        StoryParts.objects.bulk_create(kept)


def test_publishing_stores_the_parts_of_the_page(
    client, refuse_rendering, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        post = make_story(topics=["Syria"], standfirst="In short.")
    refuse_rendering()

    assert "In short." in client.get(address(post)).text


def test_another_publication_on_the_topic_renders_only_the_strip(client, refuse_rendering):
    post = make_story("The story", topics=["Syria"])
    render()
    client.get(address(post))
    refuse_rendering()

    make_story("Another on Syria", topics=["Syria"])

    assert "Another on Syria" in client.get(address(post)).text


def test_a_bulk_of_stories_is_rendered_by_a_command_once(client, refuse_rendering, capsys):
    posts = [make_story(f"Story {number}") for number in range(3)]
    pages = [client.get(address(post)).text for post in posts]

    call_command("render_stories")
    assert "3 stories were rendered." in capsys.readouterr().out
    call_command("render_stories")
    assert "0 stories were rendered." in capsys.readouterr().out

    refuse_rendering()
    assert [client.get(address(post)).text for post in posts] == pages


def rename_section(post):
    section = post.section
    section.name, section.slug = "World & Beyond", "world-and-beyond"
    section.save()


def move_topic(post):
    topic = Topic.objects.get(name="Syria")
    topic.slug = "syria-now"
    topic.save()


def merge_topic(post):
    merge([Topic.objects.get(name="Syria")], make_topic("The Levant"), by=None)


def rename_author(post):
    author = post.authors.get()
    author.slug = "ann-other"
    author.save()


def translate(post):
    make_story("Traduite", language="fr", translation_of=post)


CHANGES = [rename_section, move_topic, merge_topic, rename_author, translate]


@pytest.mark.parametrize("change", CHANGES)
def test_a_page_follows_what_it_shows_of_others(client, change):
    post = make_story(topics=["Syria"], authors=["Ann Author"])
    render()
    before = client.get(address(post)).text

    change(post)

    after = client.get(address(post)).text
    assert after != before
    assert after == made_anew(client, address(post))
    render()
    assert client.get(address(post)).text == after


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SITE_NAME", "The Other Paper"),
        ("SITE_URL", "https://other.example.org"),
        ("LANGUAGE_CODE", "fr"),
        ("TIME_ZONE", "Asia/Tokyo"),
        ("MEDIA_URL", "https://pictures.example.org/"),
    ],
)
def test_a_page_follows_the_settings(client, settings, name, value):
    post = make_story(published_at=NOON + 6 * HOUR - dt.timedelta(days=2))
    render()
    client.get(address(post))
    setattr(settings, name, value)

    assert client.get(address(post)).text == made_anew(client, address(post))


def test_a_section_renamed_while_parts_are_rendered_and_renamed_back_is_shown_by_its_name(
    client, monkeypatch
):
    post = make_story(topics=["Syria"])
    section = post.section
    StoryParts.objects.all().delete()
    read = parts.with_story_columns

    def rename(name):
        type(section).objects.filter(pk=section.pk).update(name=name)

    def renamed_after_reading(editions, *, at):
        rows = list(read(editions, at=at))
        rename("Somewhere Else")
        return rows

    monkeypatch.setattr(parts, "with_story_columns", renamed_after_reading)
    render()
    rename(section.name)

    assert StoryParts.objects.exists()
    assert client.get(address(post)).text == made_anew(client, address(post))


def test_every_setting_that_parts_are_rendered_with_is_known():
    code = "".join(
        path.read_text()
        for folder in RENDERS_PARTS
        for path in (project.BASE_DIR / folder).rglob("*.py")
    )
    asked = set(re.findall(r"\bsettings\.([A-Z_]+)", code))
    elsewhere = {
        "AUTH_USER_MODEL",
        "BASE_DIR",
        "DEBUG",
        # What archives are fetched with, from which no page is rendered.
        "FETCH_HOSTS",
        "FETCH_PROXY",
        "FETCH_REFUSED_NETWORKS",
        "LOGO",
        # How large a film may be that is taken.
        "MEDIA_MAX_BYTES",
        # In an address of which a body, and no part, is rendered.
        "MASTODON_HOSTS",
        "ORIGINALS_ROOT",
        "STRAPLINE",
        "THEME_CSS",
    }
    assert asked - elsewhere <= set(SETTINGS)


def test_each_host_is_named_in_its_own_pages(client, settings):
    settings.ALLOWED_HOSTS = ["one.example.org", "two.example.org"]
    post = make_story()
    render()

    for host in settings.ALLOWED_HOSTS:
        text = client.get(address(post), headers={"host": host}).text
        assert f'<link rel="canonical" href="http://{host}{address(post)}">' in text
        assert f"url=http%3A%2F%2F{host}%2F" in text
        assert ORIGIN not in text


def test_words_that_look_like_a_place_are_words(client):
    words = f"{PLACE} {ORIGIN} & more"
    post = make_story(words, standfirst=words, text=f"<p>{escape(words)}</p>", topics=["Syria"])
    make_story(words, topics=["Syria"], slug="another")
    render()

    text = client.get(address(post)).text
    assert text.count(escape(PLACE)) >= 4
    assert PLACE not in text
    assert text == made_anew(client, address(post))


def test_a_scheduled_edition_has_parts_from_its_first_second(
    client, clock, editor, refuse_rendering, django_capture_on_commit_callbacks
):
    post = make_story(text="<p>First words.</p>")
    rewrite(post, "Second words.")
    with django_capture_on_commit_callbacks(execute=True):
        schedule(post, by=editor, at=NOON + HOUR)
    refuse_rendering()

    clock.move_to(NOON + HOUR)
    assert "Second words." in client.get(address(post)).text


def test_in_development_a_changed_template_is_seen_at_once(client, settings, monkeypatch):
    post = make_story()
    render()
    assert "Another form" not in client.get(address(post)).text
    settings.DEBUG = True
    other = RenderedParts("", "Another form", "")
    monkeypatch.setattr(story_page, "render_row", lambda *parts: other)

    assert "Another form" in client.get(address(post)).text
