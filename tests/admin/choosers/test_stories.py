"""The story chooser: what goes with a story, and what is found, on the site and on the desk."""

import datetime as dt

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from articles.desk.search.index import reindex_posts
from articles.models import Post
from articles.publishing.steps.withdraw import withdraw
from tests.builders import make_photo, make_post, make_stories, make_story, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.admin.choosers.urls")]

STORIES = "/admin/on/choose/stories/"
NOW = timezone.now()
SIGNED_IN = 11
LAST_WEEK = NOW - dt.timedelta(days=7)


@pytest.fixture
def desk(client, reporter):
    client.force_login(reporter)
    return client


def ask(client, **asked):
    """A page of results, for which the desk's index knows all that was made, as saves tell it."""
    list(reindex_posts(missing=True))
    return client.get(STORIES, asked).json()


def found(client, **asked):
    """{headline: facts} of a page of results, in their order."""
    list(reindex_posts(missing=True))
    return {each["headline"]: each for each in client.get(STORIES, asked).json()["results"]}


def test_a_live_story_is_found_by_its_words_with_what_a_row_shows(desk):
    make_story("Talks in Aleppo break down", section="World", photo=make_photo())

    [facts] = found(desk, q="aleppo talks").values()

    assert facts["section"] == "World"
    assert (facts["state"], facts["state_label"], facts["live"]) == ("live", "Live", True)
    assert facts["date"].startswith("Today, ")
    assert facts["thumb"].endswith(".webp")
    assert facts["uuid"] == str(Post.objects.get().uuid)


def test_accents_case_and_hyphens_do_not_matter(desk):
    make_story("The café on the co-operative’s roof")

    assert found(desk, q="CAFE cooperative")


def test_what_readers_see_comes_first_and_drafts_last(desk):
    make_post("Harbour: a draft", status=Post.Status.DRAFT)
    make_post("Harbour: ready", status=Post.Status.READY)
    make_story("Harbour: tomorrow", at=NOW + dt.timedelta(days=1), now=NOW)
    make_story("Harbour: live", at=LAST_WEEK)

    rows = found(desk, q="harbour")

    assert [*rows] == ["Harbour: live", "Harbour: tomorrow", "Harbour: ready", "Harbour: a draft"]
    states = [facts["state"] for facts in rows.values()]
    assert states == ["live", "scheduled", "ready", "draft"]
    assert [facts["live"] for facts in rows.values()] == [True, False, False, False]


@pytest.mark.parametrize(
    "typed", ["Okafor", "syria", "left nobody", "harbour", "dromedary", "dromedery", "harbuor"]
)
def test_a_draft_is_found_by_author_topic_standfirst_headline_and_text(desk, typed):
    make_post(
        "The harbour",
        text="<p>A dromedary.</p>",
        standfirst="It left nobody in doubt.",
        authors=["Tom Okafor"],
        topics=["Syria"],
        status=Post.Status.DRAFT,
    )
    make_post("Another story", status=Post.Status.DRAFT)

    assert [*found(desk, q=typed)] == ["The harbour"]


def test_a_withdrawn_story_is_last_and_says_so(desk):
    withdraw(make_story("Harbour: withdrawn"), by=None, note="")
    make_post("Harbour: a draft", status=Post.Status.DRAFT)

    rows = found(desk, q="harbour")

    assert [facts["state"] for facts in rows.values()] == ["draft", "withdrawn"]


def test_one_wrong_letter_still_finds_the_story(desk):
    make_story("Ministers promise a vote")

    answer = ask(desk, q="minsters")

    assert [each["headline"] for each in answer["results"]] == ["Ministers promise a vote"]
    assert answer["meant"] == "ministers"


def test_most_of_the_words_are_better_than_nothing(desk):
    make_story("Ministers promise a vote")

    answer = ask(desk, q="ministers promise gorillas")

    assert [each["headline"] for each in answer["results"]] == ["Ministers promise a vote"]
    assert answer["near"]


@pytest.mark.parametrize("typed", ["go", "gov", "gover"])
def test_half_a_word_finds_the_story_while_it_is_typed(desk, typed):
    make_story("The government resigns")

    answer = ask(desk, q=typed)

    assert [each["headline"] for each in answer["results"]] == ["The government resigns"]
    assert answer["meant"].startswith("govern")


def test_a_number_or_an_address_finds_the_story_itself(desk):
    post = make_story("Harbour")
    make_story("Another")
    path = post.editions.get().get_absolute_url()

    for typed in (f"{post.pk}", path, f"https://news.example{path}"):
        assert [*found(desk, q=typed)] == ["Harbour"]


def test_a_plan_is_no_story_to_link_to(desk):
    make_post("Harbour", status=Post.Status.PLANNED)

    assert found(desk, q="harbour") == {}


def test_a_story_is_never_offered_to_itself(desk):
    own = make_story("Talks in Aleppo", topics=["Syria"])
    make_story("More from Aleppo", topics=["Syria"])

    for asked in ({"q": "aleppo"}, {}):
        for post in (own.pk, own.uuid):
            assert [*found(desk, post=post, **asked)] == ["More from Aleppo"]


def test_stories_are_suggested_with_the_reason_in_words(desk):
    own = make_post("Convoy waits outside Aleppo", topics=["Syria"])
    make_stories(
        [
            {"headline": "Peace talks adjourn", "topics": ["Syria"], "at": LAST_WEEK},
            {"headline": "Aleppo convoy turned back", "at": LAST_WEEK},
            {"headline": "A bakery opens", "at": LAST_WEEK},
        ]
    )

    reasons = {
        name: facts["reason"] for name, facts in found(desk, post=own.pk).items() if facts["live"]
    }

    assert reasons == {
        "Peace talks adjourn": "Same topic: Syria",
        "Aleppo convoy turned back": "Also about: Convoy, Aleppo",
        "A bakery opens": "",
    }
    assert [*reasons][-1] == "A bakery opens"


def test_the_words_of_an_unsaved_form_count(desk):
    make_story("Peace talks adjourn", topics=["Syria"])

    rows = found(desk, headline="Not saved yet", topics="Syria, Parliament")

    assert rows["Peace talks adjourn"]["reason"] == "Same topic: Syria"


def test_the_last_two_days_come_before_what_goes_better_with_it(desk):
    own = make_post("Convoy", topics=["Syria"])
    make_stories(
        [
            {"headline": "Old and near", "topics": ["Syria"], "at": LAST_WEEK},
            {"headline": "New", "at": NOW - dt.timedelta(hours=40)},
            {"headline": "New and near", "topics": ["Syria"], "at": NOW - dt.timedelta(hours=44)},
        ]
    )

    assert [*found(desk, post=own.pk)][:3] == ["New and near", "New", "Old and near"]


def test_there_are_more_pages_and_a_last_one(desk):
    make_stories([{"headline": f"Harbour {number}"} for number in range(25)])

    for asked in ({}, {"q": "harbour"}):
        first, second = ask(desk, **asked), ask(desk, page=2, **asked)

        assert (len(first["results"]), first["more"]) == (20, True)
        assert (len(second["results"]), second["more"]) == (5, False)


@pytest.mark.parametrize("typed", ["", "harbour", "harbuor", "harbour gorilla"])
def test_a_page_takes_eight_queries_at_most_however_many_stories(
    desk, typed, django_assert_max_num_queries
):
    own = make_post("Harbour", topics=["Syria"])
    make_stories([{"headline": f"Harbour {number}", "topics": ["Syria"]} for number in range(8)])
    for number in range(8):
        make_post(f"Harbour draft {number}", photo=make_photo(), status=Post.Status.DRAFT)

    list(reindex_posts())
    # Beside those for the person's session, name and permissions.
    with django_assert_max_num_queries(SIGNED_IN + 8):
        assert len(desk.get(STORIES, {"post": own.pk, "q": typed}).json()["results"]) > 7


WEIRD = [
    "",
    " ",
    "\x00",
    "%",
    "'",
    '"',
    "-",
    "OR",
    "(",
    "a" * 5_000,
    "\ud800",
    "[",
    "*",
    "١",
    "-\x00",
]


@pytest.mark.parametrize("typed", WEIRD)
def test_no_question_is_an_error(desk, typed):
    make_story("Harbour")
    typed = typed.encode("utf-8", "surrogatepass")

    for name in ("q", "post", "page", "headline", "topics"):
        assert desk.get(STORIES, {name: typed}).status_code == 200
    assert desk.get(STORIES, {"q": "harbour", "page": typed}).status_code == 200


def test_nobody_is_told_of_stories_who_may_not_see_them(client, db):
    client.force_login(make_user(role=None))
    make_story("Harbour")

    answer = client.get(STORIES, {"q": "harbour"})

    assert answer.status_code == 403
    assert answer.json() == {"error": "Your role does not allow this."}


def test_whoever_is_signed_out_is_told_nothing(client, db):
    assert client.get(STORIES).status_code == 401


def test_a_permission_of_ones_own_is_enough(client, db):
    person = make_user(role=None)
    person.user_permissions.add(Permission.objects.get(codename="view_post"))
    client.force_login(person)

    assert client.get(STORIES).status_code == 200
