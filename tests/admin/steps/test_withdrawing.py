"""Before a story is withdrawn, the page names the live stories whose links will lead nowhere."""

import pytest
from django.utils import timezone

from articles.publishing.endings import links_lost
from articles.publishing.link_check.check import check_posts
from articles.publishing.steps.publish import publish
from tests.admin.steps.steps import confirm
from tests.builders import make_link, make_post, make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def asked(desk, post, step="withdraw"):
    return desk.get(f"/admin/articles/post/{post.pk}/step/{step}/").text


def linking(target, headline, *, in_text=False):
    page = target.editions.get().get_absolute_url()
    story = make_post(headline, text=f'<p><a href="{page}">x</a></p>' if in_text else "<p>x</p>")
    if not in_text:
        make_link(story, target)
    return story


def test_live_stories_that_link_to_it_are_named(desk):
    target = make_story("The one")
    in_text, related = linking(target, "In its text", in_text=True), linking(target, "Related <b>")
    linking(target, "Only a draft")
    for story in (in_text, related):
        publish(story, by=None)
    check_posts({in_text.pk, related.pk}, now=timezone.now())
    page = asked(desk, target)

    assert "2 live stories:" in page
    assert f'href="/admin/articles/post/{in_text.pk}/change/">In its text<' in page
    assert "Related &lt;b&gt;" in page
    seen, _, to_come = page.partition("Stories that readers do not see yet")
    assert "Only a draft" not in seen
    assert "Only a draft" in to_come


def test_nothing_is_said_where_nothing_links_to_it(desk):
    assert "What leads readers to this story" not in asked(desk, make_story())


def test_no_more_are_named_than_fit(desk, monkeypatch):
    monkeypatch.setattr(links_lost, "MOST_NAMED", 2)
    target = make_story()
    for number in range(4):
        publish(linking(target, f"Linking {number}"), by=None)
    page = asked(desk, target)

    assert [f"Linking {number}" in page for number in range(4)] == [False, False, True, True]
    assert "4 live stories:" in page


def test_its_page_takes_a_reason_and_the_story_in_its_place_with_all_links(desk, client):
    target, other = make_story("The one"), make_story("The other")
    related = linking(target, "Related")
    publish(related, by=None)
    page = target.editions.get().get_absolute_url()
    instead = other.editions.get().get_absolute_url()

    answer = confirm(
        desk,
        target,
        "withdraw",
        told="It was about another mayor.",
        replacement=f"https://news.example{instead}",
        replace_links="on",
    )

    assert "Withdrawn from the site." in answer.text
    assert "1 story leads to “The other” now." in answer.text
    assert client.get(page).url == instead
    assert "The other" in client.get(related.editions.last().get_absolute_url()).text


def test_an_approved_story_that_led_to_it_is_named_with_its_approval(desk):
    target, other = make_story("The one"), make_story("The other")
    draft = linking(target, "To come")
    draft.status = "ready"
    draft.save()

    page = confirm(desk, target, "withdraw", replacement=str(other.pk), replace_links="on")

    said = "not seen by readers yet: “To come”. An approval of them is of their earlier words."
    assert said in page.text


def test_the_story_in_its_place_is_found_by_its_words_and_what_is_wrong_is_said_once(desk):
    target = make_story("The one")
    page = asked(desk, target)
    assert "/admin/autocomplete/" in page
    assert "does not see the words above" in page

    wrong = confirm(desk, target, "withdraw", replacement="x", replace_links="on").text

    assert "There is no such story." in wrong
    assert "Name the story that they are to lead to." not in wrong
    assert wrong.count("autofocus") == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"replacement": "/2016/01/01/nothing/"}, "There is no such story."),
        ({"replacement": "x"}, "There is no such story."),
        ({"replace_links": "on"}, "Name the story that they are to lead to."),
    ],
)
def test_a_story_in_its_place_that_is_none_is_said(desk, typed, said):
    target = make_story()
    page = confirm(desk, target, "withdraw", **typed).text
    assert said in page
    target.refresh_from_db()
    assert target.status == "published"


def test_a_draft_cannot_take_its_place(desk):
    target, draft = make_story(), make_post("Only a draft")
    page = confirm(desk, target, "withdraw", replacement=str(draft.pk)).text
    assert "readers do not see it" in page


def test_the_page_costs_no_more_than_a_page_may(desk, django_assert_max_num_queries):
    target = make_story()
    publish(linking(target, "Related"), by=None)
    asked(desk, target)
    with django_assert_max_num_queries(12):
        asked(desk, target)
