"""Search on the desk: every story by its words, whatever its state."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from articles.desk.search import find
from articles.desk.search.backends import postgresql
from articles.desk.search.entry import FORM
from articles.desk.search.find import find_posts
from articles.desk.search.index import index_named, index_posts, index_waiting, reindex_posts
from articles.library.words.query import parse
from articles.models import Caption, Post, PostToIndex, PostWords, Table
from tests.builders import make_author, make_photo, make_post, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    """Makes a story on the desk and puts it into the index, as a save does."""

    def make(headline="", **fields):
        post = make_post(headline, **fields)
        index_posts([post.pk])
        return post

    return make


def found(words, posts=None, **options):
    """The headlines of the stories that are found."""
    keys = find_posts(words, Post.objects.all() if posts is None else posts, **options).keys
    headlines = dict(Post.objects.values_list("pk", "headline"))
    return [headlines[key] for key in keys]


def test_a_story_is_found_by_its_headline_standfirst_text_captions_byline_authors_and_topics(story):
    photo = make_photo(caption="Marzipan pigs", credit="Zoltan", alt="Nougat")
    post = story(
        "Aqueduct",
        standfirst="Barometer",
        kicker="Zither",
        byline="Chandler Agency",
        text="<p>A <strong>dro</strong>medary.</p>",
        authors=["Edith Falconer"],
        topics=["Gibraltar"],
        photo=photo,
        slug_line="Heron",
    )
    Caption.objects.filter(parent=post).update(caption="An iguana")
    post.post_topics.get().tag.aliases.create(name="Jabal Tariq", slug="jabal-tariq")
    index_posts([post.pk])
    story("Another")

    for words in (
        *("aqueduct", "barometer", "zither", "chandler", "dromedary", "edith falconer"),
        *("gibraltar", "jabal tariq", "marzipan", "zoltan", "nougat", "iguana", "heron"),
    ):
        assert found(words) == ["Aqueduct"], words


@pytest.mark.parametrize("status", Post.Status.values)
def test_a_story_is_found_in_every_state(story, status):
    story("Aqueduct", status=status)

    assert found("aqueduct") == ["Aqueduct"]


def test_case_accents_hyphens_and_endings_make_no_difference(story):
    story("Élysée e-mails")

    assert found("ELYSEE email") == ["Élysée e-mails"]


def test_all_words_must_be_there_and_none_that_is_ruled_out(story):
    story("Floods in York")
    story("Floods in Leeds")

    assert found("york floods") == ["Floods in York"]
    assert found("floods -york") == ["Floods in Leeds"]


def test_words_in_quotes_stand_together(story):
    story("The prime minister")
    story("A minister in his prime")

    assert found('"prime minister"') == ["The prime minister"]


@pytest.mark.parametrize("typed", ['"prime minister" paris', "“prime minister” paris"])
def test_words_in_quotes_are_never_taken_apart(story, typed):
    story("A minister in his prime, in Paris")
    story("The prime minister")
    assert find_posts(typed.translate({ord(c): None for c in '"“”'}), Post.objects.all()).keys

    assert found(typed) == []
    assert found(typed.replace("paris", "the")) == ["The prime minister"]


def test_a_headline_counts_more_than_the_text_and_a_new_story_more_than_an_old_one(story):
    now = timezone.now()
    story("Other", text="<p>Words about an aqueduct.</p>")
    story("Old aqueduct", saved_at=now - dt.timedelta(days=100))
    story("New aqueduct", saved_at=now - dt.timedelta(days=1))

    assert found("aqueduct") == ["New aqueduct", "Old aqueduct", "Other"]
    assert found("aqueduct", best_first=False) == ["Other", "New aqueduct", "Old aqueduct"]


def test_only_the_stories_that_are_asked_about_are_found(story):
    story("Aqueduct one", status=Post.Status.DRAFT)
    story("Aqueduct two")

    assert found("aqueduct", Post.objects.filter(status="draft")) == ["Aqueduct one"]


@pytest.mark.parametrize("slip", ["aqeduct", "aquedcut", "aqueductt", "aquaduct"])
def test_one_wrong_letter_finds_the_story(story, slip):
    story("Aqueduct reopens")

    result = find_posts(f"{slip} reopens", Post.objects.all())

    assert len(result.keys) == 1
    assert result.meant == "aqueduct reopens"


def test_a_word_that_some_story_says_is_not_taken_for_a_slip(story):
    story("Brown bread", status=Post.Status.DRAFT)
    story("Crown jewels")

    result = find_posts("brown", Post.objects.filter(status="ready"))

    assert result.keys == []
    assert result.meant == ""


def test_stories_with_most_of_the_words_are_found_when_none_has_all(story):
    story("Aqueduct reopens in Segovia")

    result = find_posts("aqueduct reopens yesterday segovia", Post.objects.all())

    assert len(result.keys) == 1
    assert result.near


def test_very_common_words_are_looked_for_in_the_stories_saved_last(story, monkeypatch):
    monkeypatch.setattr(find, "MAX_FEW", 3)
    monkeypatch.setattr(find, "WINDOW", 4)
    now = timezone.now()
    for day in range(6):
        story(f"Aqueduct {day}", saved_at=now - dt.timedelta(days=day))

    result = find_posts("aqueduct", Post.objects.all())

    assert result.count is None
    assert found("aqueduct") == [f"Aqueduct {day}" for day in range(4)]


@pytest.mark.parametrize(
    "words", ["", " ", '"', "'; DROP TABLE", "-", "OR", "a OR", "\x00", "(((", "*", ":A", "'" * 400]
)
def test_nothing_that_is_typed_is_an_error(story, words):
    story("Aqueduct")

    find_posts(words, Post.objects.all())


def test_a_story_that_is_deleted_leaves_the_index(story):
    story("Aqueduct").delete()

    assert not PostWords.objects.exists()
    assert found("aqueduct") == []
    assert found("aqueduktt") == []


def test_a_name_that_changed_is_found_at_once_in_few_stories_and_soon_in_many(story, monkeypatch):
    topic, author = make_topic("Burma"), make_author("Ann Smith")
    for number in range(3):
        story(f"Story {number}", topics=["Burma"], authors=["Ann Smith"])
    topic.name, author.name = "Myanmar", "Ann Jones"
    topic.save()
    author.save()

    index_named(Post.objects.filter(post_topics__tag=topic))
    assert len(found("myanmar jones")) == 3
    assert found("burma") == []

    author.name = "Ann Taylor"
    author.save()
    monkeypatch.setattr("articles.desk.search.index.MAX_AT_ONCE", 2)
    index_named(Post.objects.filter(post_authors__author=author))
    index_named(Post.objects.filter(post_authors__author=author))
    assert found("taylor") == []
    assert PostToIndex.objects.count() == 3

    assert index_waiting() == 3
    assert len(found("taylor")) == 3
    assert index_waiting() == 0


def test_the_index_is_written_anew(story, monkeypatch):
    monkeypatch.setattr("articles.desk.search.index.BATCH_SIZE", 2)
    posts = [story(f"Aqueduct {number}") for number in range(5)]
    PostWords.objects.filter(post__in=posts[1:3]).delete()
    assert len(found("aqueduct")) == 3

    missing = [key for batch in reindex_posts(missing=True) for key in batch]
    assert missing == [posts[1].pk, posts[2].pk]
    assert len(found("aqueduct")) == 5

    assert len([key for batch in reindex_posts() for key in batch]) == 5


def test_indexing_asks_the_same_for_one_story_as_for_many(story, django_assert_num_queries):
    posts = [story(f"Aqueduct {number}", topics=["One"], authors=["Two"]) for number in range(9)]
    with django_assert_num_queries(2):
        index_posts([posts[0].pk])
    with django_assert_num_queries(2):
        index_posts([post.pk for post in posts])

    PostWords.objects.all().delete()
    with django_assert_num_queries(2 if connection.vendor == "postgresql" else 3):
        index_posts([post.pk for post in posts])


def test_a_line_in_an_older_form_is_in_the_newest_once_it_is_written(story):
    post = story("Aqueduct")
    PostWords.objects.update(form=FORM - 1)

    index_posts([post.pk])

    assert PostWords.objects.get().form == FORM
    assert found("aqueduct") == ["Aqueduct"]


@pytest.mark.postgresql
def test_common_words_are_told_from_rare_ones_before_the_index_is_read(story, monkeypatch):
    for number in range(40):
        story(f"Aqueduct {number}")
    story("Aqueduct marzipan", status=Post.Status.DRAFT)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE articles_postwords")

    assert postgresql.found(parse("aqueduct"), 3) is None
    assert len(postgresql.found(parse("aqueduct"), 3, guess=False)) == 3
    assert len(postgresql.found(parse("marzipan"), 3)) == 1
    others = {"aqueduct": ["marzipan"], "nougat": ["marzipan", "marzipn"]}
    assert postgresql.known(others) == {"aqueduct", "marzipan"}

    monkeypatch.setattr(find, "MAX_FEW", 5)
    assert find_posts("aqueduct", Post.objects.all()).count is None
    drafts = find_posts("aqueduct", Post.objects.filter(status="draft"))
    assert len(drafts.keys) == 1


def test_a_story_is_found_by_the_words_of_its_tables(story):
    post = story("Votes")
    cells = "Party\tSeats\n<strong>Mauve</strong> List\t12"
    Table.objects.create(parent=post, region="body", ordering=9, title="Ombudsman", cells=cells)
    index_posts([post.pk])

    assert found("mauve") == found("ombudsman") == ["Votes"]
    assert found("strong") == []
