"""Old addresses at the desk: search, add, remove."""

import pytest
from django.urls import reverse

from articles.models import OldAddress
from tests.builders import make_story

pytestmark = pytest.mark.django_db
LIST, ADD = (f"admin:articles_oldaddress_{name}" for name in ("changelist", "add"))


@pytest.fixture
def desk(client, administrator):
    client.force_login(administrator)
    return client


def add(desk, address, kind, target):
    data = {"address": address, "leads_to": kind, "target": target}
    return desk.post(reverse(ADD), data, follow=True)


def test_an_address_is_added_and_works_at_once(desk, client):
    story = make_story("Bridge")

    add(desk, "https://old.example/bridge.html", "story", story.editions.get().get_absolute_url())

    client.logout()
    assert client.get("/bridge.html").status_code == 301


@pytest.mark.parametrize(
    ("address", "kind", "target"),
    [
        ("/a", "path", "//evil.example"),
        ("/a", "topic", "none"),
        ("/", "path", "/x/"),
        ("/b", "path", "/c/"),
    ],
)
def test_what_cannot_be_is_told_at_the_field(desk, address, kind, target):
    OldAddress.objects.create(key="/b", path="/latest/")

    page = add(desk, address, kind, target)

    assert OldAddress.objects.count() == 1
    assert "errorlist" in page.content.decode()


@pytest.mark.parametrize(
    "typed", ["/old/br", "old/br", "https://old.example/old/bridge/", "/old/%62r"]
)
def test_an_address_is_found_by_its_beginning_or_pasted_whole(desk, typed):
    OldAddress.objects.create(key="/old/bridge", path="/latest/")
    OldAddress.objects.create(key="/other", path="/latest/")

    page = desk.get(reverse(LIST), {"q": typed.replace("%62", "b")}).content.decode()

    assert "/old/bridge" in page
    assert "/other" not in page


def test_addresses_are_removed_together(desk, client):
    rows = [OldAddress.objects.create(key=f"/old-{n}", path="/latest/") for n in range(3)]

    data = {"action": "delete_selected", "_selected_action": [r.pk for r in rows], "post": "yes"}
    desk.post(reverse(LIST), data)

    assert not OldAddress.objects.exists()


def test_the_list_costs_the_same_for_many(desk, django_assert_max_num_queries):
    OldAddress.objects.bulk_create(
        OldAddress(key=f"/old-{n}", story=make_story()) for n in range(20)
    )

    with django_assert_max_num_queries(12):
        assert desk.get(reverse(LIST)).status_code == 200
