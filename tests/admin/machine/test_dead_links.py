"""The page of dead links: all for editors, their own for reporters."""

import pytest
from django.utils import timezone

from articles.admin.machine import dead_links
from articles.models import LinkProblem
from tests.builders import make_post, make_story

pytestmark = pytest.mark.django_db


def dead(post, address="/no/such/", **fields):
    row = {"kind": LinkProblem.Kind.MISSING, "found_at": timezone.now()} | fields
    return LinkProblem.objects.create(post=post, address=address, **row)


def read(client, user, query=""):
    client.force_login(user)
    answer = client.get(f"/admin/dead-links/{query}")
    assert answer.status_code == 200
    return answer.text.split('id="content-main"')[1]


def test_editors_are_shown_every_story_with_where_its_link_leads(client, editor):
    gone = make_post("Gone")
    dead(make_story("Ours"), "/2020/02/03/<b>/")
    dead(make_story("Other"), "", target=gone, kind=LinkProblem.Kind.WITHDRAWN)
    page = read(client, editor)

    assert page.index("Other") < page.index("Ours")
    assert "/2020/02/03/&lt;b&gt;/" in page
    assert f'href="/admin/articles/post/{gone.pk}/change/">Gone<' in page
    assert "2 links in live stories" in page


def test_reporters_are_shown_their_own_stories_alone(client, reporter):
    dead(make_story("Ours", created_by=reporter))
    dead(make_story("Another's"))
    page = read(client, reporter)

    assert "Ours" in page
    assert "Another" not in page
    assert "1 link in a live story" in page


def test_it_says_so_when_there_are_none(client, editor):
    assert "leads to a page of ours that is there" in read(client, editor)


def test_the_older_ones_are_on_further_pages(client, editor, monkeypatch):
    monkeypatch.setattr(dead_links, "ON_A_PAGE", 2)
    for name in "ABCDE":
        dead(make_story(f"Story {name}"))
    second = LinkProblem.objects.order_by("-pk")[1].pk
    first, next_page = read(client, editor), read(client, editor, f"?before={second}")

    assert f"?before={second}" in first
    assert "Story E" in first
    assert "Story C" not in first
    assert "Story C" in next_page
    assert "Newest" in next_page


@pytest.mark.parametrize("hostile", ["x", "-1", "9" * 40, "%00", "1&before=2"])
def test_no_query_is_too_strange(client, editor, hostile):
    dead(make_story())
    read(client, editor, f"?before={hostile}")


def test_it_takes_as_many_queries_for_fifty_as_for_one(
    client, editor, django_assert_max_num_queries
):
    for _number in range(12):
        dead(make_story(), target=make_post())
    read(client, editor)

    with django_assert_max_num_queries(8):
        client.get("/admin/dead-links/")
