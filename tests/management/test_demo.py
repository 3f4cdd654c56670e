"""The demo newsroom, loaded as anybody loads it (its pictures made small, and read in this
process, to be quick)."""

import json
import re
import shutil

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from PIL import Image

from articles.desk.rich_text.sanitiser import clean
from articles.library.pictures import sandbox, worker
from articles.models import Edition, Photo, Post, RelatedLink, StoryParts, Text
from tests.admin.browsing import sent_by
from tests.public.weight import weight_of

FIXTURES = settings.BASE_DIR / "fixtures"
STORY = "/2016/12/13/corbyn-condemns-attacks-on-aleppo-civilians/"

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(once, tmp_path_factory):
    """The demo, loaded once for all tests of this file."""
    folder = tmp_path_factory.mktemp("demo")
    (folder / "photos").mkdir()
    (folder / "demo.json").write_bytes((FIXTURES / "demo.json").read_bytes())
    for path in (FIXTURES / "photos").glob("*.jpg"):
        with Image.open(path) as picture:
            picture.resize((picture.width // 20, picture.height // 20)).save(
                folder / "photos" / path.name
            )
    shutil.copytree(FIXTURES / "recordings", folder / "recordings")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sandbox, "run_worker", worker.answer)
        once(lambda: call_command("loaddata", str(folder / "demo.json"), verbosity=0))


@pytest.fixture
def page(demo, client):
    """The words of the story's page."""
    response = client.get(STORY)
    assert response.status_code == 200
    return response.content.decode()


def test_the_story_says_when_it_was_posted(page):
    assert re.search(r"Posted on\s*(<[^>]+>\s*)*13 December 2016", page)


def test_the_story_and_its_styles_take_less_than_twenty_kilobytes(page):
    assert weight_of(page) < 20_000


def test_a_story_offers_a_map_of_another_site(demo, client):
    edition = Edition.objects.live().get(post__source_id="westminster-repair")

    page = client.get(edition.get_absolute_url())

    assert "Show this from OpenStreetMap." in page.text
    assert (
        "frame-src https://www.openstreetmap.org;" in page.headers["Content-Security-Policy"] + ";"
    )


def test_the_story_has_two_dozen_paragraphs(demo):
    edition = Edition.objects.live().get(post__source_id="aleppo")

    html = "".join(piece.get("html", "") for piece in edition.body)

    assert html.count("<p>") == 24


def test_the_story_has_a_picture_with_its_agency(page, demo):
    picture = Edition.objects.live().get(post__source_id="aleppo").picture

    assert picture["credit"] == "PA Images"
    assert "PA Images" in page
    assert f"/renditions/{picture['token']}/" in page


def test_three_related_stories_follow_the_second_paragraph(page, demo):
    first, links, *_rest = Edition.objects.live().get(post__source_id="aleppo").body

    assert first["html"].count("<p>") == 2
    assert [link["label"] for link in links["links"]] == ["watch", "read", ""]
    linked = RelatedLink.objects.filter(parent__source_id="aleppo").order_by("ordering")
    for link in linked:
        assert link.story.editions.get().get_absolute_url() in page
    assert "WATCH" in page


@pytest.mark.parametrize("topic", ["syria", "labour", "russia", "house-of-commons"])
def test_the_story_is_found_by_its_topics(demo, client, topic):
    assert STORY in client.get(f"/topics/{topic}/").content.decode()


@pytest.mark.parametrize("address", ["/2016/12/13/", "/2016/12/", "/authors/hannah-whitcombe/"])
def test_the_story_is_found_by_its_date_and_its_author(demo, client, address):
    assert STORY in client.get(address).content.decode()


def test_readers_see_what_is_published_and_nothing_else(demo):
    statuses = Post.objects.exclude(status=Post.Status.PUBLISHED)
    live = Edition.objects.live()

    assert live.count() >= 55
    assert not live.filter(post__in=statuses).exists()
    assert {"draft", "in_review", "ready", "withdrawn"} <= set(
        statuses.values_list("status", flat=True)
    )
    assert Edition.objects.filter(live_from__gt="2030-01-01").exists()
    assert Edition.objects.filter(kind="correction").exists()


def test_every_picture_of_the_demo_lies_beside_it(demo):
    rows = json.loads((FIXTURES / "demo.json").read_text(encoding="utf-8"))
    named = {row["fields"]["file"] for row in rows if row["model"] == "articles.photo"}

    assert named == {f"photos/{path.name}" for path in (FIXTURES / "photos").iterdir()}
    assert all(photo.width and photo.alt and photo.credit for photo in Photo.objects.all())


def test_the_demo_fits_in_a_repository():
    assert sum(path.stat().st_size for path in FIXTURES.rglob("*") if path.is_file()) < 12_500_000


def test_a_save_that_touches_nothing_leaves_a_story_as_it_was_loaded(demo, client, editor):
    client.force_login(editor)
    for post in Post.objects.filter(source="demo").order_by("pk")[:5]:
        address = f"/admin/articles/post/{post.pk}/change/"

        assert client.post(address, sent_by(client.get(address))).status_code == 302

        post.refresh_from_db()
        assert not post.has_unpublished_changes
    assert not LogEntry.objects.exists()


def test_every_text_is_loaded_in_the_one_form_of_rich_text(demo):
    for html in Text.objects.values_list("html", flat=True):
        assert clean(html) == html


def test_every_page_is_the_same_with_stored_parts_and_without(demo, client):
    call_command("render_stories", verbosity=0)
    urls = [edition.get_absolute_url() for edition in Edition.objects.live()]
    stored = [client.get(url).content for url in urls]
    assert StoryParts.objects.count() >= len(urls) > 10

    StoryParts.objects.all().delete()

    assert [client.get(url).content for url in urls] == stored
