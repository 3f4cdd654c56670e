"""The old addresses that an import fills in."""

import pytest

from articles.importing import old_addresses
from articles.models import OldAddress
from tests.builders import make_story

from . import wxr
from .conftest import post_of
from .test_pictures import jpeg, uploads  # noqa: F401  (a fixture)
from .wxr import item, picture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pictures_read_here")]


def kinds():
    return {row.key: (row.kind, row.to_feed) for row in OldAddress.objects.all()}


def test_every_address_of_a_story_leads_to_it(imports, client):
    imports.items(
        item(7, name="bridge", meta=[("_wp_old_slug", "old-bridge")]), item(8, status="draft")
    )

    for path in ("/2016/12/bridge/", "/?p=7", "/2016/12/old-bridge/", "/2016/12/bridge/amp/"):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (301, "/2016/12/13/bridge/"), path
    assert client.get("/2016/12/story-8/").status_code == 404
    assert OldAddress.objects.get(key="/2016/12/story-8").story == post_of(8)


def test_names_and_their_feeds_and_the_feeds_of_the_site_have_addresses(imports, client):
    below = (
        "<wp:category><wp:category_nicename>scotland</wp:category_nicename>"
        "<wp:category_parent>uk</wp:category_parent></wp:category>"
    )
    imports.items(
        below,
        item(
            1, categories=[("politics", "P"), ("scotland", "Scotland")], tags=[("syria", "Syria")]
        ),
    )

    found = kinds()
    assert found["/category/politics"] == ("section", False)
    assert found["/category/politics/feed"] == ("section", True)
    assert found["/category/uk/scotland"] == ("topic", False)
    assert found["/category/scotland"] == ("topic", False)
    assert found["/tag/syria"] == ("topic", False)
    assert found["/author/anna"] == ("author", False)
    assert found["/feed"] == ("path", True) or client.get("/feed/")["Location"] == "/feeds/rss.xml"
    assert client.get("/tag/syria/")["Location"] == "/topics/syria/"
    assert client.get("/category/politics/feed/")["Location"] == "/sections/politics/rss.xml"


@pytest.mark.parametrize("at_once", [1, 1_000])
def test_pictures_lead_to_their_largest_rendition(
    imports,
    client,
    uploads,  # noqa: F811
    monkeypatch,
    at_once,
):
    monkeypatch.setattr(old_addresses, "AT_ONCE", at_once)
    uploads("2016/a.jpg", jpeg(size=(900, 600)))
    imports.items(
        picture(50, "2016/a.jpg"),
        item(1, html=f'<p>a</p><img src="{wxr.SITE}/wp-content/uploads/2016/a-300x200.jpg">'),
        pictures=uploads.folder,
    )

    for path in (
        "/wp-content/uploads/2016/a.jpg",
        "/wp-content/uploads/2016/a-300x200.jpg",
        "/wp-content/uploads/2016/a-1024x768.jpg",
        "/?attachment_id=50",
        "/?p=50",
    ):
        answer = client.get(path)
        assert answer.status_code == 301, path
        assert answer["Location"].endswith("/whole-900.webp")


def test_an_old_address_that_is_one_of_ours_loses_and_is_named(imports, client):
    import datetime as dt

    make_story("Ours", slug="same", at=dt.datetime(2016, 12, 13, 9, tzinfo=dt.UTC))

    imports.items(
        item(1, name="same", link=f"{wxr.SITE}/2016/12/13/same/"),
        item(2, link=f"{wxr.SITE}/latest/"),
        item(3, link=f"{wxr.SITE}/robots.txt"),
    )

    assert imports.problems(1)["old_address_is_ours"] == ["/2016/12/13/same"]
    assert imports.problems(2)["old_address_is_ours"] == ["/latest"]
    assert imports.problems(3)["old_address_is_ours"] == ["/robots.txt"]
    assert "Ours" in client.get("/2016/12/13/same/").content.decode()


def test_an_address_that_two_stories_had_leads_to_the_first_and_is_named(imports):
    imports.items(item(1, name="same"), item(2, name="same"), source="one")
    imports.items(item(1, name="same"))

    assert OldAddress.objects.get(key="/2016/12/same").story.source == "one"
    assert imports.problems(1)["old_address_taken"] == ["/2016/12/same", "?p=1"]


def test_a_second_run_adds_none(imports):
    items = [item(1, tags=[("a", "A")]), item(2)]
    imports.items(*items)
    before = list(OldAddress.objects.values())

    imports.items(*items)

    assert list(OldAddress.objects.values()) == before
    assert "old_address_taken" not in imports.problems()
