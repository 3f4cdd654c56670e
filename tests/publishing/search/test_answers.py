"""Questions as readers put them: the search answers."""

import datetime as dt

import pytest
import time_machine
from django.utils.html import escape

from articles.library.naming.slugs import make_slug
from articles.models import Author, Topic
from articles.publishing.search.matching import search_best, search_newest
from articles.publishing.steps.publish import publish
from articles.publishing.steps.withdraw import withdraw
from tests.builders import make_photo, make_post

from .conftest import LATER, NOON

pytestmark = pytest.mark.django_db


def headlines(words, at=LATER, **kwargs):
    return [edition.headline for edition in search_newest(words, at=at, **kwargs).editions]


@pytest.fixture
def page(client):
    """The page of a search, as text."""

    def get(words, **data):
        with time_machine.travel(LATER, tick=False):
            response = client.get("/search/", {"q": words} | data, follow=True)
        assert response.status_code == 200
        return response.content.decode()

    return get


@pytest.mark.parametrize(
    "words",
    [
        "“prime minister”",
        "„prime minister“",
        "«prime minister»",
        "« prime minister »",
        "‘prime minister’",
        "'prime minister'",
        "＂prime minister＂",
        "”prime minister”",
        "「prime minister」",
        "“prime minister",
    ],
)
def test_any_quotation_marks_keep_words_together(story, words):
    story("The prime minister speaks")
    story("A minister in his prime")

    assert headlines(words) == ["The prime minister speaks"]


def test_an_apostrophe_is_no_quotation_mark(story):
    story("Nature’s Bounty grows")

    assert headlines("nature's bounty") == headlines("bounty of nature’s") != []


@pytest.mark.parametrize("minus", "-–−‑")
def test_any_minus_leaves_stories_out(story, minus):
    story("Floods in York")
    story("Floods in Leeds")

    assert headlines(f"floods {minus}york") == ["Floods in Leeds"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("p-8", "P-8A"),
        ("p8", "P-8A"),
        ("p8a", "P-8A"),
        ("f16", "F-16"),
        ("f-16", "F16"),
        ("f16", "F-16s"),
        ("covid19", "COVID-19"),
        ("covid-19", "Covid19"),
        ("covid 19", "COVID19"),
        ("covid19", "pre-COVID-19"),
        ("email", "e-mail"),
        ("emails", "e-mail"),
        ("e-mail", "email"),
        ("wifi", "Wi-Fi"),
        ("wi-fi", "wifi"),
        ("wi-fi", "Wi‑Fi"),
        ("cooperation", "co-operation"),
        ("co-operation", "cooperation"),
        ("co-operation", "Coöperation"),
        ("9/11", "9/11"),
        ("911", "9/11"),
        ("AT&T", "AT&T"),
        ("att", "AT&T"),
        ("US", "U.S."),
        ("U.S.", "US"),
        ("u.s.", "U.S.A."),
        ("dont", "don’t"),
        ("don't", "dont"),
        ("don’t", "don't"),
        ("OBrien", "O’Brien"),
        ("O'Brien", "OBrien"),
        ("10000", "10,000"),
        ("10,000", "10000"),
        ("C++", "C++"),
        ("5g", "5G"),
        ("steel works", "steelworks"),
        ("1990", "1990s"),
    ],
)
def test_words_with_and_without_their_joint_are_one(story, typed, said):
    story("Nothing")
    story(f"Seen: {said} here")
    story("Other", text=f"<p>They said {said}.</p>")

    if said != "U.S.A.":
        assert headlines(typed) == ["Other", f"Seen: {said} here"]


def test_numbers_are_not_run_together(story):
    story("Inflation at 3.5")
    story("Leeds win 2-1")

    assert headlines("35") == headlines("21") == []


def test_what_was_found_by_another_form_is_marked(page, story):
    story("An e-mail to York-based readers", text="<p>" + "Calm. " * 60 + "Wi-Fi fails.</p>")

    assert "An <mark>e-mail</mark>" in page("email")
    assert "<mark>York</mark>-based" in page("york")
    assert "<mark>Wi-Fi</mark> fails" in page("wifi")


@pytest.mark.parametrize("words", ["WHO", "who", '"WHO"', "the WHO"])
def test_common_words_alone_are_looked_for_in_headlines(page, story, words):
    story("The WHO warns of new flu")
    story("Calm", text="<p>The people who warn.</p>")

    shown = page(words)

    assert "<mark>WHO</mark> warns of new flu" in shown
    assert "Calm" not in shown
    assert "only headlines were searched" in shown
    assert "only headlines" not in page("warns")


def test_a_name_in_capitals_comes_before_the_word(story):
    story("WHO warns of new flu")
    story("Who is the new minister?")

    found = [edition.headline for edition in search_best("WHO", at=LATER).editions]

    assert found == ["WHO warns of new flu", "Who is the new minister?"]


def test_common_words_are_those_of_the_sites_language(story, settings):
    settings.LANGUAGE_CODE = "fr"
    story("Les Enfoirés chantent")
    story("WHO en crise")

    assert headlines("les") == ["Les Enfoirés chantent"]
    assert headlines("WHO") == ["WHO en crise"]


def test_arabic_words_are_found(story, settings):
    settings.LANGUAGE_CODE = "ar"
    story("أخبار في المدينة", slug="news")

    assert headlines("في") == headlines("المدينة") == ["أخبار في المدينة"]


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("election 2016", True),
        ("election December 2016", True),
        ("election dec. 2016", True),
        ("election 13 December 2016", True),
        ("election 13th of December, 2016", True),
        ("December 13, 2016 election", True),
        ("election 2016-12-13", True),
        ("election 13/12/2016", True),
        ("election 13.12.2016", True),
        ("election 13-12-2016", True),
        ("election 2016/12/13", True),
        ("election (2016)?", True),
        ("2016", True),
        ("election 2017", False),
        ("election November 2016", False),
        ("election 14 December 2016", False),
        ("election 31 February 2016", False),
        ('"election 2016"', False),
    ],
)
def test_a_day_in_words_is_when_a_story_was_posted(story, asked, answer):
    story("Election called", at=dt.datetime(2016, 12, 13, 12, tzinfo=dt.UTC))

    assert bool(headlines(asked)) is answer


def test_a_day_in_words_is_also_what_a_story_says(story):
    story("The election of 2016")
    story("Seen", text="<p>It was on 13 December 2016.</p>")

    assert headlines("election 2016") == ["The election of 2016"]
    assert headlines("13 December 2016") == ["Seen"]
    assert headlines("-2016 seen") == []


def test_a_day_is_understood_in_the_sites_language(story, settings):
    settings.LANGUAGE_CODE = "fr"
    story("Élection", at=dt.datetime(2016, 8, 1, 12, tzinfo=dt.UTC))

    assert headlines("élection 1er août 2016") == headlines("aout 2016") == ["Élection"]


def test_the_words_of_captions_credits_quotes_and_embeds_are_found(story, editor):
    photo = make_photo(caption="The steelworks", credit="Ada Lens", alt="A tall chimney.")
    story("Pictured", photo=photo)
    story("Subhead", text="<h2>Blast furnaces</h2><p>Words.</p>")

    for words in ("steelworks", "ada lens", "chimney"):
        assert headlines(words) == ["Pictured"]
    assert headlines("blast furnace") == ["Subhead"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("steelworks", "steel works"),
        ("steelworks", "steel-works"),
        ("wifi", "wi fi"),
        ("covid19", "Covid 19"),
    ],
)
def test_a_word_that_nobody_wrote_is_looked_for_in_its_halves(page, story, typed, said):
    story("Calm", text=f"<p>The {said} closes.</p>")
    story("Works in steel")
    story("Steelworkers", text="<p>Steelworkers, in the vocabulary.</p>")

    shown = page(typed)

    assert shown.count(">Calm</a>") == 1
    assert "Works in" not in shown


def test_a_story_is_shown_once_however_it_writes_a_word(page, story):
    story("Calm", text="<p>The steelworks, the steel works.</p>")

    shown = page("steelworks")

    assert shown.count(">Calm</a>") == 1
    assert "as two words" not in shown


def test_when_no_story_has_all_words_those_with_most_are_shown(page, story):
    story("First picture of a black hole")
    story("Photo of a black cat")
    story("Photos of the year")
    story("Black hole", text="<p>Its second picture.</p>", at=NOON - dt.timedelta(days=900))

    shown = page("black hole photo")

    assert "has all of these words" in shown
    assert "These come closest" in shown
    assert "First picture of a" in shown
    assert "Photo</mark> of a <mark>black</mark> cat" in shown
    assert "of the year" not in shown
    assert shown.index("First picture") < shown.index("</mark> cat")
    assert "These come closest" not in page("black hole picture")


def test_what_comes_closest_is_live_and_passes_the_filters(page, story, editor):
    gone = story("Black hole swallows star", section="World")
    story("Black hole sings", section="Politics")
    withdraw(gone, by=editor, now=LATER - dt.timedelta(days=1))
    story("Black hole to come", at=LATER + dt.timedelta(days=1))
    make_post("Black hole draft")

    shown = page("black hole photo")

    assert "hole</mark> sings" in shown
    for word in ("swallows", "to come", "draft"):
        assert word not in shown
    assert "</mark> sings" not in page("black hole photo", section="world")
    assert "</mark> sings" not in page("black hole photo -sings")


def test_the_newer_of_two_like_stories_is_worth_more(story):
    story("Floods, floods and floods", at=NOON - dt.timedelta(days=3_300))
    story("Leeds", standfirst="The town after the floods.")

    found = [edition.headline for edition in search_best("floods", at=LATER).editions]

    assert found == ["Leeds", "Floods, floods and floods"]


def test_pages_of_the_best_stay_as_they_are_during_a_day(stories):
    stories([f"Flood {number}" for number in range(30)])
    stories([f"Calm {number}" for number in range(30)], standfirst="A flood.")
    morning = LATER.replace(hour=0)

    def pages(at):
        return [
            e.pk for number in (1, 2, 3) for e in search_best("flood", at=at, page=number).editions
        ]

    assert len(set(pages(morning))) == 60
    assert pages(morning) == pages(morning + dt.timedelta(hours=23, minutes=59))


@pytest.mark.parametrize(
    "words",
    ["Hannah Whitcombe", "hannah whitcombe", "whitcombe", "HÁNNAH", "hannah whitcombe floods"],
)
def test_an_author_who_is_meant_stands_above_the_stories(page, story, words):
    story("Floods in York", authors=["Hannah Whitcombe"])

    shown = page(words)

    assert 'href="/authors/hannah-whitcombe/">Hannah Whitcombe</a>' in shown
    assert shown.index("/authors/hannah-whitcombe/") < shown.index("</mark>")


@pytest.mark.parametrize("words", ["labour", "Labour Party", "the labour party york", "“Labour”"])
def test_topics_that_are_meant_stand_above_the_stories(page, story, words):
    story("One of the York Labour Party", topics=["Labour Party"])

    assert 'href="/topics/labour-party/"' in page(words)
    assert "/topics/labour-party/" not in page("york -labour")


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        *(("Élysée", "elysee"), ("elysee", "Élysée"), ("AT&T", "at&t"), ("Ørsted", "orsted")),
        *(("O’Brien", "o'brien"), ("O’Brien", "OBrien"), ("U.S. election", "us elec")),
        ("हिन्दी", "हिन्दी"),
    ],
)
def test_names_are_found_however_they_are_typed(page, story, editor, name, typed):
    post = story("Story")
    topic = Topic.objects.create(name=name, slug=make_slug(name))
    author = Author.objects.create(name=name, slug=make_slug(name))
    post.post_topics.create(tag=topic)
    post.post_authors.create(author=author, position=0)
    publish(post, by=editor, now=LATER - dt.timedelta(hours=1))

    shown = page(typed)

    assert f'href="{topic.get_absolute_url()}">{escape(name)}</a>' in shown
    assert f'href="{author.get_absolute_url()}">{escape(name)}</a>' in shown


def test_names_without_a_live_story_are_not_told(page, story, editor, client):
    post = story("Floods", topics=["Rivers"], authors=["Hannah Whitcombe"])
    withdraw(post, by=editor, now=LATER - dt.timedelta(days=1))
    make_post("Draft", topics=["Rivers"], authors=["Hannah Whitcombe"])
    story("To come", authors=["Hannah Whitcombe"], at=LATER + dt.timedelta(days=1))

    for words in ("hannah whitcombe", "rivers", "hannah"):
        shown = page(words)
        assert "/authors/" not in shown
        assert "/topics/rivers" not in shown
        with time_machine.travel(LATER, tick=False):
            assert client.get("/search/suggest/", {"q": words}).json()["suggestions"] == []
