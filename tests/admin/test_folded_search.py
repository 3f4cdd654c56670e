"""The desk's lists and pickers are searched with the folding of the readers' search."""

import pytest

from articles.desk.search.index import index_posts
from tests.builders import make_author, make_photo, make_post, make_topic

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/{}/"


@pytest.fixture
def desk(client, admin_user):
    client.force_login(admin_user)
    return client


def listed(desk, typed, model="post"):
    """The rows that a list shows for what was typed."""
    answer = desk.get(LIST.format(model), {"q": typed})
    assert answer.status_code == 200
    if model == "post":
        return [row["title"] for row in answer.context["stories"]]
    return [str(row) for row in answer.context["cl"].result_list]


def picked(desk, typed, model, field):
    """What a picker offers for what was typed."""
    answer = desk.get(
        "/admin/autocomplete/",
        {"app_label": "articles", "model_name": model, "field_name": field, "term": typed},
    )
    return [row["text"] for row in answer.json()["results"]]


FOLDED = [
    ("Nature's", "Nature’s Bounty grows"),
    ("nature’s bounty", "Nature's Bounty grows"),
    ("natures", "Nature’s Bounty grows"),
    ("“bounty”", "Nature’s Bounty grows"),
    ('"prime minister"', "The “prime minister” speaks"),
    ("elysee", "À l’Élysée"),
    ("ÉLYSÉE", "A l'elysee"),
    ("élysée", "À l’E\u0301lyse\u0301e"),
    ("ДОГОВОР", "Россия подписала договор"),
    ("αθηνα", "Η Αθήνα σήμερα"),
    ("strasse", "Die Straße"),
    ("straße", "Die STRASSE"),
    ("soren", "Søren speaks"),
    ("aether", "Æther found"),
    ("wifi", "Free Wi-Fi"),
    ("wi-fi", "Free wifi"),
    ("p-8", "The P-8A lands"),
    ("climate-change", "Climate change at sea"),
    ("us", "The U.S. votes"),
    ("at&t", "AT&T merges"),
    ("北京", "今日北京新闻"),
]


def story(headline, **fields):
    """A story on the desk that can be searched for."""
    post = make_post(headline, **fields)
    index_posts([post.pk])
    return post


@pytest.mark.parametrize(("typed", "said"), FOLDED)
def test_the_list_of_stories_folds(desk, typed, said):
    story("Another one")
    story(said, slug="said")

    assert listed(desk, typed) == [said]
    assert picked(desk, typed, "relatedlink", "story") == [said]


@pytest.mark.parametrize(
    ("typed", "said"), [each for each in FOLDED if each[0] in ("Nature's", "élysée", "ДОГОВОР")]
)
def test_the_pickers_and_lists_of_names_and_pictures_fold(desk, typed, said):
    make_topic("Another"), make_author("Another"), make_photo(caption="Another")
    topic = make_topic("Here")
    topic.name = said
    topic.save()
    author = make_author("Here")
    author.name = said
    author.save()
    make_photo(caption=said)

    assert listed(desk, typed, "topic") == picked(desk, typed, "post", "topics") == [said]
    assert listed(desk, typed, "author") == picked(desk, typed, "postauthor", "author") == [said]
    assert listed(desk, typed, "photo") == picked(desk, typed, "caption", "photo") == [said]


def test_a_topic_is_found_by_another_name_once(desk):
    topic = make_topic("Syria")
    topic.aliases.create(name="Guerre d’Été", slug="one")
    topic.aliases.create(name="Guerre d'été", slug="two")

    assert listed(desk, "d'ete guerre", "topic") == ["Syria"]


@pytest.mark.parametrize("name", ["Élysée", "elysee", "ÉLYSÉE"])
def test_the_lists_filters_by_name_fold(desk, name):
    post = make_post("Seen", topics=["Elysee"], authors=["Elysee"])
    for thing in (post.topics.get(), post.authors.get()):
        thing.name = "Élysée"
        thing.save()
    make_post("Other", topics=["Elysees"], authors=["Elysees"])

    for field in ("topic", "author"):
        answer = desk.get(LIST.format("post"), {field: name})
        assert [row["title"] for row in answer.context["stories"]] == ["Seen"]


@pytest.mark.parametrize(
    "typed",
    [
        *("\x00", "%", "(", "[a", "\\", "a{9999}", "*", "“", "^$", ".*", "(" * 10_000),
        *("a" * 10_000, "(a+)+$ " * 2_000, "é" * 5_000),
    ],
)
def test_no_words_are_an_error(desk, typed):
    story("Another one")

    for model in ("post", "photo", "topic", "author", "breaking"):
        assert listed(desk, typed, model) in ([], ["Another one"])


def test_signs_are_signs(desk):
    make_topic("Growth of 100% (again)")

    for typed in ("%", "100%"):
        assert listed(desk, typed, "topic") == ["Growth of 100% (again)"]
    assert listed(desk, ".*", "topic") == []
