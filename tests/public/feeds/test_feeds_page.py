"""The page that lists the feeds for people."""

import pytest

from tests.builders import make_section

pytestmark = pytest.mark.django_db


def test_it_lists_the_feeds_of_the_site_and_of_every_section(client):
    make_section("World")

    page = client.get("/feeds/").content.decode()

    for list_ in ("feeds", "sections/world"):
        for file in ("rss.xml", "atom.xml", "feed.json"):
            assert f'href="/{list_}/{file}"' in page
            assert client.get(f"/{list_}/{file}").status_code == 200


def test_it_takes_the_sites_version_alone_however_many_sections_there_are(
    client, django_assert_num_queries
):
    for number in range(12):
        make_section(f"Section {number}")

    client.get("/")
    with django_assert_num_queries(1):
        client.get("/feeds/")


def test_every_page_leads_to_it(client):
    assert 'href="/feeds/"' in client.get("/").content.decode()
