"""What is done with many stories at once: to each what its own page would do."""

import re

import pytest
from django.contrib.auth.models import Permission

from articles.desk.planning.plan_story import plan_story
from articles.models import Post, Topic, Transition
from tests.builders import make_post, make_section, make_story, make_user
from tests.losing import before_statement, losing

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/post/"
SEEN = 'name="seen" value="([^"]+)"'


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def do(client, action, *posts, **data):
    """Send the action with these stories as they were when the test looked at them."""
    sent = {"action": action, "_selected_action": [post.pk for post in posts]}
    sent["seen"] = [f"{post.pk}/{post.version}/{post.status}" for post in posts]
    return client.post(LIST, sent | data, follow=True)


def shown(client):
    """What the list says of each story as it is now."""
    return re.findall(SEEN, client.get(LIST).text)


def status_of(post):
    return Post.objects.get(pk=post.pk).status


def test_several_stories_are_approved_at_once_and_each_refusal_is_told(desk):
    ready, draft = make_post("One", status="in_review"), make_post("Two", status="draft")

    page = do(desk, "approve", ready, draft)

    assert "Done with 1 story" in page.text
    assert "<b>One</b> Approved" in page.text
    assert "Not done with 1 story" in page.text
    assert "“Two” is now “Draft”" in page.text
    assert status_of(ready) == "ready"
    assert status_of(draft) == "draft"
    assert ready.transitions.get().action == "approve"


@pytest.mark.parametrize("action", ["approve", "publish"])
def test_a_reporter_approves_and_publishes_nothing_from_the_list(client, reporter, action):
    post = make_post(status="in_review", created_by=reporter)
    client.force_login(reporter)

    for data in ({}, {"confirmed": "1"}):
        assert do(client, action, post, **data).status_code == 403
    assert do(client, "delete_selected", post, post="yes").status_code == 403

    assert status_of(post) == "in_review"
    assert 'value="approve"' not in client.get(LIST).text


def test_a_reporter_sends_only_their_own_stories_to_review(client, reporter):
    own = make_post("Own", status="draft", created_by=reporter)
    other = make_post("Other", status="draft", created_by=make_user())
    client.force_login(reporter)

    page = do(client, "send_to_review", own, other)

    assert status_of(own) == "in_review"
    assert status_of(other) == "draft"
    assert "belongs to a colleague" in page.text


def test_publishing_many_names_them_first(desk):
    ready, draft = make_post("One"), make_post("Two", status="draft")
    live = make_story("Three")

    asked = do(desk, "publish", ready, draft, live)
    assert "Publish these 3 stories now?" in asked.text
    assert status_of(ready) == "ready"

    page = do(desk, "publish", ready, draft, live, confirmed="1")
    assert status_of(ready) == "published"
    assert status_of(draft) == "draft"
    assert live.editions.count() == 1
    assert "Done with 1 story" in page.text
    assert "Publish it on its own page" in page.text


def test_what_is_missing_for_publishing_is_told_of_each_story(desk):
    page = do(desk, "publish", make_post("One", section=None), confirmed="1")

    assert "Not done with 1 story" in page.text
    assert "section" in page.text.partition("Not done")[2]


def test_a_story_that_a_colleague_saved_since_is_left_as_it_is(desk):
    post, other = make_post("One", status="in_review"), make_post("Two", status="in_review")
    seen = shown(desk)
    Post.objects.filter(pk=post.pk).update(version=2, saved_by=make_user(username="ann"))

    page = do(desk, "approve", post, other, seen=seen)

    assert status_of(post) == "in_review"
    assert "ann saved this story" in page.text
    assert status_of(other) == "ready"


@pytest.mark.parametrize("action", ["send_to_review", "topic", "section"])
def test_a_story_that_a_colleague_moved_since_is_left_as_it_is(desk, action):
    post, make_world = make_post("One", status="ready"), make_section("World")
    seen = shown(desk)
    Post.objects.filter(pk=post.pk).update(status="draft")

    page = do(desk, action, post, seen=seen, topic="Syria", section=make_world.slug)

    post.refresh_from_db()
    assert (post.status, post.version, post.post_topics.count()) == ("draft", 1, 0)
    assert "it is now “Draft”" in page.text


def test_what_was_seen_is_carried_through_the_page_that_asks(desk):
    post = make_post("One")
    seen = shown(desk)
    asked = do(desk, "publish", post, seen=seen)
    Post.objects.filter(pk=post.pk).update(version=2, saved_by=make_user(username="ann"))

    page = do(desk, "publish", post, confirmed="1", seen=re.findall(SEEN, asked.text))

    assert not post.editions.exists()
    assert "ann saved this story" in page.text


@pytest.mark.parametrize("nonsense", [[], ["x"], ["/"], ["1/1"], ["\x00/1/draft"]])
def test_a_list_that_does_not_say_what_it_showed_does_nothing(desk, nonsense):
    post = make_post(status="in_review")

    page = do(desk, "approve", post, seen=nonsense)

    assert status_of(post) == "in_review"
    assert "Look again, then decide" in page.text


def test_a_story_that_was_deleted_meanwhile_is_told_of(desk):
    gone, there = make_post("Gone", status="in_review"), make_post("There", status="in_review")
    deleting = []

    def delete(number):
        # Again and again: a try that is undone takes this back, too.
        if number > 1 and not deleting:
            deleting.append(gone)
            Post.objects.filter(pk=gone.pk).delete()
            deleting.clear()

    with before_statement("SELECT", Post, delete):
        page = do(desk, "approve", gone, there)

    assert "<b>Gone</b> It was deleted meanwhile." in page.text
    assert status_of(there) == "ready"


def test_a_story_that_loses_against_a_colleague_is_tried_again_by_itself(desk):
    posts = [make_post(name, status="in_review") for name in ("One", "Two", "Three")]

    with losing("INSERT", Transition, tries={2}):
        page = do(desk, "approve", *posts)

    assert "Done with 3 stories" in page.text
    assert "Not done" not in page.text
    assert [post.transitions.count() for post in posts] == [1, 1, 1]


def test_a_story_that_loses_twice_is_the_only_one_that_is_not_done(desk):
    posts = [make_post(name, status="in_review") for name in ("One", "Two", "Three")]

    with losing("INSERT", Transition, tries={2, 3}):
        page = do(desk, "approve", *posts)

    assert "Done with 2 stories" in page.text
    assert "<b>Two</b> A colleague changed the same thing" in page.text
    assert [status_of(post) for post in posts] == ["ready", "in_review", "ready"]


def test_stories_are_moved_to_a_section_as_a_save_would(desk, editor):
    world = make_section("World")
    one, there = make_post("One"), make_post("There", section="World")
    planned = plan_story(slug_line="Planned", by=editor, section=make_section())

    page = do(desk, "section", one, there, planned, section="world")

    one.refresh_from_db()
    assert (one.section, one.version, one.saved_by) == (world, 2, editor)
    assert one.saves.filter(version=2, by=editor).exists()
    assert one.checkpoints.filter(version=2).exists()
    assert Post.objects.get(pk=there.pk).version == 1
    assert Post.objects.get(pk=planned.pk).section == world
    assert "Was there already" in page.text


def test_stories_get_a_topic_and_are_found_by_it(desk):
    one, two = make_post("One", topics=["Syria"]), make_post("Two")

    do(desk, "topic", one, two, topic="syria")

    assert [*two.topics.names()] == ["Syria"]
    assert one.post_topics.count() == 1
    assert [row["title"] for row in desk.get(LIST, {"q": "syria"}).context["stories"]] == ["Two"]


@pytest.mark.parametrize(
    ("action", "data"), [("section", {"section": "world"}), ("topic", {"topic": "Syria"})]
)
def test_nobody_files_a_story_that_they_may_not_change(client, reporter, action, data):
    make_section("World")
    post = make_post("One", status="draft", created_by=make_user())
    sent = make_post("Two", status="in_review", created_by=reporter)
    client.force_login(reporter)

    page = do(client, action, post, sent, **data)

    assert "Not done with 2 stories" in page.text
    for each in (post, sent):
        each.refresh_from_db()
        assert (each.version, each.section.slug, each.post_topics.count()) == (1, "politics", 0)


def test_a_new_topic_is_made_only_with_a_story_that_takes_it(client, reporter):
    theirs = make_post("Theirs", status="draft")
    client.force_login(reporter)

    do(client, "topic", theirs, topic="Brand new")
    assert not Topic.objects.exists()

    own = make_post("Own", status="draft", created_by=reporter)
    do(client, "topic", theirs, own, topic="Brand new")
    assert Topic.objects.get().name == "Brand new"
    assert [*own.topics.names()] == ["Brand new"]


def test_who_may_not_make_topics_makes_none_here(client):
    user = make_user()
    user.groups.clear()
    known = ("view_post", "change_post", "change_any_post")
    user.user_permissions.set(Permission.objects.filter(codename__in=known))
    client.force_login(user)

    page = do(client, "topic", make_post("One"), topic="Brand new")

    assert not Topic.objects.exists()
    assert "There is no topic" in page.text


def test_nothing_ticked_nothing_done(desk):
    assert "Tick the stories first" in do(desk, "approve").text
    assert "Choose a section" in do(desk, "section", make_post()).text
    assert "Type the name of a topic" in do(desk, "topic", make_post()).text


def test_what_was_ticked_stays_ticked_when_a_word_is_missing(desk):
    ticked, other = make_post("Ticked"), make_post("Other")

    page = do(desk, "topic", ticked, topic=" ")

    assert page.context["ticked"] == [ticked.pk]
    assert re.search(rf'value="{ticked.pk}"\s+checked', page.text)
    assert not re.search(rf'value="{other.pk}"\s+checked', page.text)


@pytest.mark.parametrize("key", ["x", "", "-1", "9" * 30, "1\x00"])
def test_a_tick_that_names_no_story_does_nothing(desk, key):
    sent = {"action": "approve", "_selected_action": [key]}

    assert "Tick the stories first" in desk.post(LIST, sent, follow=True).text


def test_only_what_is_possible_with_a_story_shown_is_offered(desk):
    make_post("Draft", status="draft")
    assert {each.key for each in desk.get(LIST).context["many"]} == {
        "send_to_review",
        "section",
        "topic",
    }

    make_post("Ready", status="ready")
    assert "publish" in {each.key for each in desk.get(LIST).context["many"]}


def test_one_goes_back_to_the_same_list(desk):
    post = make_post(status="in_review")
    sent = {"action": "approve", "_selected_action": [post.pk]}

    answer = desk.post(f"{LIST}?state=in_review&q=x&evil=//example.org", sent)

    assert answer.headers["Location"] == f"{LIST}?q=x&state=in_review"


def test_a_section_that_no_database_can_hold_is_none(desk, editor):
    post = make_post()

    answer = do(desk, "section", post, section="pol\x00itics-of-nowhere")

    assert "Choose a section" in answer.text
    assert Post.objects.get().version == 1
