"""Links inside live stories: which lead readers nowhere, and that of others nothing is said."""

import datetime as dt
import json

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from articles.models import LinkProblem, OldAddress, RelatedLink
from articles.publishing.link_check.check import check_posts
from articles.publishing.link_check.links import own_hosts, own_path
from articles.publishing.link_check.story_link import linking_to
from articles.publishing.steps.publish import publish
from articles.publishing.steps.put_back import put_back
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.withdraw import withdraw
from tests.builders import make_link, make_post, make_story, make_topic, rewrite

pytestmark = pytest.mark.django_db

WITHDRAWN, MISSING = LinkProblem.Kind.WITHDRAWN, LinkProblem.Kind.MISSING


def page(post):
    return post.editions.latest("number").get_absolute_url()


def story_with(*addresses):
    links = "".join(f'<p><a href="{address}">There</a></p>' for address in addresses)
    return make_story(text=links)


def check(*posts, now=None):
    check_posts({post.pk for post in posts}, now=now or timezone.now())
    return sorted(LinkProblem.objects.values_list("kind", "address", "target"))


def test_a_related_story_that_was_withdrawn_is_told():
    target = make_story()
    story = make_post()
    make_link(story, target)
    publish(story, by=None)
    assert check(story) == []

    withdraw(target, by=None)

    assert check(story) == [(WITHDRAWN, "", target.pk)]


def test_a_link_in_the_text_to_a_withdrawn_story_is_told_with_its_story():
    target = make_story()
    story = story_with(page(target))
    withdraw(target, by=None)

    assert check(story) == [(WITHDRAWN, page(target), target.pk)]


@pytest.mark.parametrize(
    "address", ["/2020/02/03/never-written/", "/2020/02/31/no-such-day/", "/no/such/page/"]
)
def test_a_link_to_a_page_that_never_was_is_told(address):
    assert check(story_with(address)) == [(MISSING, address, None)]


def test_a_link_by_the_whole_address_of_the_site_is_one_to_us(settings):
    settings.SITE_URL = "https://news.example.org"
    address = "https://news.example.org/2020/02/03/never-written/?from=mail#top"

    assert check(story_with(address)) == [(MISSING, address, None)]


def test_an_outside_address_of_a_related_link_may_be_one_of_ours(settings):
    settings.SITE_URL = "https://news.example.org"
    story = make_post()
    make_link(story, url="https://news.example.org/no/such/", title="Ours")
    publish(story, by=None)

    assert check(story) == [(MISSING, "https://news.example.org/no/such/", None)]


def test_nothing_is_said_of_links_that_lead_somewhere(settings):
    settings.SITE_URL = "https://news.example.org"
    target = make_story()
    good = (
        *(page(target), page(target).rstrip("/"), f"https://news.example.org{page(target)}"),
        *("/", "/latest/", "/topics/", "/2016/12/13/", "/corrections/"),
        *("https://other.example.org/2020/02/03/x/", "mailto:desk@example.org"),
    )

    assert check(story_with(*good)) == []


def test_a_former_address_of_a_live_story_is_a_good_one():
    target = make_story("First")
    before = page(target)
    target.slug = "second"
    rewrite_slug(target)
    assert page(target) != before

    assert check(story_with(before)) == []


def rewrite_slug(post):
    slug = post.slug
    rewrite(post, "Again.")
    type(post).objects.filter(pk=post.pk).update(slug=slug)
    post.refresh_from_db()
    publish(post, by=None)


def test_an_address_from_another_site_leads_where_its_redirect_leads():
    target = make_story()
    OldAddress.objects.create(key="/archive/talks.html", story=target)
    OldAddress.objects.create(key="/tag/syria", topic=make_topic())
    story = story_with("/archive/talks.html", "/tag/syria/", "/2009/01/02/never-here/")
    assert check(story) == [(MISSING, "/2009/01/02/never-here/", None)]
    assert linking_to([target.pk], most=9) == [story.pk]

    withdraw(target, by=None)
    assert (WITHDRAWN, "/archive/talks.html", target.pk) in check(story)


def test_a_story_that_is_still_to_come_is_no_dead_end():
    soon, draft = make_post(), make_post()
    schedule(soon, by=None, at=timezone.now() + dt.timedelta(hours=1))
    story = make_post()
    for target in (soon, draft):
        make_link(story, target)
    publish(story, by=None)

    assert check(story) == []


def test_a_story_that_will_be_withdrawn_is_told_from_then_on():
    now = timezone.now()
    target = make_story()
    story = story_with(page(target))
    withdraw(target, by=None, at=now + dt.timedelta(hours=1))

    assert check(story, now=now) == []
    assert check(story, now=now + dt.timedelta(hours=2)) == [(WITHDRAWN, page(target), target.pk)]


def test_a_problem_goes_when_the_other_story_is_put_back_or_the_link_removed_or_the_story_ends():
    target = make_story()
    story = story_with(page(target))
    withdraw(target, by=None)
    assert len(check(story)) == 1
    put_back(target, by=None)
    assert check(story) == []

    withdraw(target, by=None)
    assert len(check(story)) == 1
    rewrite(story, "No link.")
    publish(story, by=None)
    assert check(story) == []

    other = story_with("/no/such/")
    assert len(check(other)) == 1
    withdraw(other, by=None)
    assert check(other) == []


def test_which_stories_link_to_which_is_known_as_readers_see_it():
    first, second = make_story(), make_story()
    story = story_with(page(first), page(first) + "#end")
    check(story)
    assert linking_to([first.pk, second.pk], most=9) == [story.pk]

    rewrite(story, f'<a href="{page(second)}">There</a>')
    check(story)
    assert linking_to([first.pk], most=9) == [story.pk]
    publish(story, by=None)
    check(story)
    assert linking_to([first.pk], most=9) == []
    assert linking_to([second.pk], most=9) == [story.pk]

    withdraw(story, by=None)
    check(story)
    assert linking_to([second.pk], most=9) == []


def test_a_draft_with_a_dead_link_is_no_readers_trouble():
    story = make_story()
    RelatedLink.objects.create(
        parent=story, region="body", ordering=90, url="http://127.0.0.1/no/", title="x"
    )

    assert check(story) == []


def test_what_was_known_keeps_the_moment_when_it_was_found():
    story = story_with("/no/such/")
    first = timezone.now()
    check(story, now=first)
    check(story, now=first + dt.timedelta(days=3))

    assert LinkProblem.objects.get().found_at == first


def test_the_queries_are_the_same_for_one_story_and_for_thirty(django_assert_num_queries):
    def made(count):
        target = make_story()
        stories = []
        for _number in range(count):
            story = make_post(text=f'<p><a href="{page(target)}">x</a></p>')
            make_link(story, target)
            publish(story, by=None)
            stories.append(story)
        withdraw(target, by=None)
        return stories

    for stories in (made(1), made(30)):
        keys = {story.pk for story in stories}
        with django_assert_num_queries(10):  # a savepoint's two among them
            assert check_posts(keys, now=timezone.now()).new == 2 * len(keys)


@pytest.mark.parametrize(
    "hostile",
    [
        "http://[::1/", "//127.0.0.1:99999999/x", "/%ff%fe/", "/\\evil/", "http://127.0.0.1:port/",
        "/" + "x" * 5_000, "javascript:alert(1)",
        "/2020/02/03/%00/", "/٢٠٢٠/٠٢/٠٣/x/", "?", "#", "",
    ],
)  # fmt: skip
def test_no_address_is_too_strange_to_be_looked_at(hostile):
    own_path(hostile, own_hosts())
    story = make_story()
    body_of(story, [{"html": f'<p><a href="{hostile}">x</a></p>'}])

    check(story)


def body_of(post, body):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE articles_edition SET body = %s WHERE post_id = %s", [json.dumps(body), post.pk]
        )


@pytest.mark.parametrize("packed", [None, b"", b"no longer what it was"])
def test_a_damaged_edition_stops_nothing(packed):
    damaged, story = make_story(), story_with("/no/such/")
    statement = "UPDATE articles_edition SET body = NULL, packed = %s WHERE post_id = %s"
    with connection.cursor() as cursor:
        cursor.execute(statement, [packed, damaged.pk])

    assert check(damaged, story) == [(MISSING, "/no/such/", None)]


def test_the_words_of_a_packed_edition_are_looked_at_too():
    story = story_with("/no/such/")
    call_command("pack_editions", verbosity=0)

    assert check(story) == [(MISSING, "/no/such/", None)]


def test_a_story_with_thousands_of_links_is_looked_at_in_part():
    story = make_story()
    body_of(story, [{"html": "".join(f'<a href="/no/{n}/">x</a>' for n in range(3_000))}])

    assert 100 < len(check(story)) <= 200
