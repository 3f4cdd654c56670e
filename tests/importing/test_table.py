"""What becomes what: every row of the table in docs/importing.md."""

import datetime as dt

import pytest
from django.contrib.auth.models import User

from articles.importing import slugs
from articles.models import Author, Edition, ImportedStory, Post, Topic, TopicAlias
from tests.builders import make_author, make_section, make_topic

from . import wxr
from .conftest import edition_of, post_of
from .wxr import item

pytestmark = pytest.mark.django_db

AT = dt.datetime(2016, 12, 13, 10, tzinfo=dt.UTC)


def test_a_published_story_is_live_from_its_moment_with_all_that_it_had(imports, client):
    imports.items(
        item(
            7,
            title="Bridge &amp; <em>river</em> open",
            name="bridge-opens",
            excerpt="After nine years.",
            tags=[("scottish-parliament", "Scottish Parliament")],
        )
    )

    post, edition = post_of(7), edition_of(7)
    assert "object at" not in str(list(Post.objects.values()))
    assert (imports.code, imports.outcomes()) == (0, {"7": "imported"})
    assert (post.headline, post.slug) == ("Bridge & river open", "bridge-opens")
    assert post.standfirst == "After nine years."
    assert (post.published_at, edition.live_from) == (AT, AT)
    assert post.saved_at == dt.datetime(2017, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
    assert (edition.updated_at, edition.kind, edition.notes) == (None, "new", [])
    assert post.section.slug == "politics"
    assert [topic.name for topic in post.topics.all()] == ["Scottish Parliament"]
    assert [author.name for author in post.authors.all()] == ["Anna Brown"]
    page = client.get("/2016/12/13/bridge-opens/").content.decode()
    assert "Words of the story." in page
    assert "Updated" not in page


@pytest.mark.parametrize(
    ("status", "becomes", "problem"),
    [
        ("publish", "published", None),
        ("future", "published", "schedule_passed"),
        ("pending", "in_review", None),
        ("draft", "draft", None),
        ("private", "draft", "status"),
        ("curious", "draft", "status"),
    ],
)
def test_each_status_becomes_one_of_ours(imports, status, becomes, problem):
    imports.items(item(1, status=status))

    assert post_of(1).status == becomes
    assert (problem in imports.problems(1)) == bool(problem)
    assert Edition.objects.exists() == (becomes == "published")


def test_a_story_of_the_future_is_scheduled_for_its_moment(imports):
    imports.items(item(1, status="future", date="2999-01-01 08:00:00"))

    assert edition_of(1).live_from == dt.datetime(2999, 1, 1, 8, tzinfo=dt.UTC)
    assert not Edition.objects.live().exists()


@pytest.mark.parametrize("status", ["trash", "auto-draft", "inherit"])
def test_what_was_thrown_away_is_no_story(imports, status):
    imports.items(item(1, status=status), item(2))

    assert Post.objects.count() == 1
    assert imports.report["left_out"] == {f"status_{status}": 1}
    assert imports.outcomes() == {"1": "left_out", "2": "imported"}


@pytest.mark.parametrize("kind", ["nav_menu_item", "wp_template", "wp_global_styles", "wp_block"])
def test_furniture_is_no_story(imports, kind):
    imports.items(item(1, kind=kind), item(2))

    assert imports.report["left_out"] == {"not_a_story": 1}


def test_pages_come_only_when_they_are_named(imports):
    imports.items(item(1, kind="page"), item(2))
    assert imports.report["left_out"] == {"type_not_asked_for": 1}

    imports.items(item(1, kind="page"), item(2), types="page")
    assert imports.outcomes()["1"] == "imported"


@pytest.mark.parametrize("status", ["publish", "future", "pending", "private"])
def test_words_behind_a_password_are_never_public(imports, status):
    imports.items(item(1, status=status, password="secret-word"))

    assert post_of(1).status == "draft"
    assert not Edition.objects.exists()
    assert "password" in imports.problems(1)
    assert "secret-word" not in str(imports.report)


def test_a_long_headline_is_cut_at_a_word_and_whole_in_the_report(imports):
    title = "Many words " * 30

    imports.items(item(1, title=title))

    assert len(post_of(1).headline) <= 200
    assert post_of(1).headline.endswith(("words…", "Many…"))
    assert imports.problems(1)["title_cut"] == [title.strip()]


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"title": ""}, "no_title"),
        ({"categories": ()}, "no_section"),
        ({"html": ""}, "no_text"),
        ({"date": "0000-00-00 00:00:00"}, "no_date"),
    ],
)
def test_a_story_that_lacks_something_stays_a_draft_and_says_why(imports, fields, problem):
    imports.items(item(1, **fields))

    assert post_of(1).status == "draft"
    assert problem in imports.problems(1)
    assert imports.code == 0


def test_without_a_date_in_gmt_the_local_one_counts_in_the_zone_given(imports):
    none = "0000-00-00 00:00:00"
    imports.items(
        item(1, post_date="2016-07-13 10:00:00", post_date_gmt=none),
        item(
            2,
            post_date=none,
            post_date_gmt=none,
            extra="<pubDate>Tue, 13 Dec 2016 11:00:00 +0100</pubDate>",
        ),
        time_zone="America/New_York",
    )

    assert post_of(1).published_at == dt.datetime(2016, 7, 13, 14, tzinfo=dt.UTC)
    assert post_of(2).published_at == AT


def test_a_subtitle_stands_before_the_excerpt(imports):
    imports.items(item(1, excerpt="Excerpt.", meta=[("newspack_post_subtitle", "Subtitle.")]))

    assert post_of(1).standfirst == "Subtitle.\nExcerpt."


def test_slugs_of_a_day_are_numbered_in_the_order_of_ids_whatever_the_order_of_the_file(imports):
    items = [item(key, name="same", title=f"T {key}") for key in (12, 3, 7)]

    imports.items(*items)

    assert [post_of(key).slug for key in (3, 7, 12)] == ["same", "same-2", "same-3"]


@pytest.mark.parametrize("at_once", [1, 3, 2_000])
def test_slugs_are_the_same_however_many_stories_are_looked_at_together(
    imports, monkeypatch, at_once
):
    monkeypatch.setattr(slugs, "STORIES_AT_ONCE", at_once)
    days = (("2016-12-13", 3), ("2016-12-14", 1), ("2016-12-15", 2), ("2016-12-16", 0))
    made = [
        item(title=f"T {day} {each}", name="same", date=f"{day} 10:00:00")
        for day, count in days
        for each in range(count)
    ]

    imports.items(*made)
    found = [edition.slug for edition in Edition.objects.order_by("live_from", "pk")]
    assert found == ["same", "same-2", "same-3", "same", "same", "same-2"]

    imports.items(*made)
    assert imports.report["outcomes"] == {"unchanged": 6}


def test_a_slug_that_a_story_of_ours_has_is_not_taken_from_it(imports):
    imports.items(item(1, name="same"), source="other")
    imports.items(item(1, name="same"))

    assert post_of(1).slug == "same-2"


def test_a_slug_is_made_of_the_headline_when_there_is_none_or_none_that_is_possible(imports):
    imports.items(
        item(1, title="Old bridge opens", post_name=""),
        item(2, title="Мост", post_name="%d0%bc%d0%be%d1%81%d1%82"),
        item(3, title="Third", post_name="???"),
    )

    assert [post_of(key).slug for key in (1, 2, 3)] == ["old-bridge-opens", "мост", "third"]


def test_authors_are_matched_by_address_then_by_name_and_made_when_new(imports):
    by_address, by_name = make_author("Somebody Else"), make_author("Carl Crane")
    by_address.slug = "anna"
    by_address.save()

    imports.items(
        item(1),
        item(2, creator="carl"),
        item(3, creator="dora"),
        authors=[("anna", "Anna Brown"), ("carl", "carl  CRANE"), ("dora", "Dora Δ")],
    )

    assert list(post_of(1).authors.all()) == [by_address]
    assert list(post_of(2).authors.all()) == [by_name]
    assert post_of(3).authors.get().name == "Dora Δ"
    assert Author.objects.count() == 3
    assert not User.objects.exists()


def test_co_authors_stand_in_their_order_without_the_account_that_entered_the_story(imports):
    imports.items(item(1, people=[("zoe-young", "Zoë Young"), ("ali", "Ali علي")]))

    names = [row.author.name for row in post_of(1).post_authors.order_by("position")]
    assert names == ["Zoë Young", "Ali علي"]
    assert Author.objects.get(name="Zoë Young").slug == "zoe-young"


def test_names_in_any_script_have_addresses(imports, client):
    imports.items(item(1, creator="李娜"), authors=[("李娜", "李娜")])

    assert client.get(Author.objects.get().get_absolute_url()).status_code == 200


def test_an_e_mail_address_is_nowhere(imports):
    imports.items(
        item(1, creator="anna@old.example"),
        item(2, creator="b@old.example"),
        item(3, creator="c@old.example"),
        authors=[("anna@old.example", "Anna Brown"), ("b@old.example", "b@old.example")],
    )

    rows = [list(model.objects.values()) for model in (Post, Author, ImportedStory, Edition)]
    assert "@old" not in str(rows) + str(imports.report)
    assert [author.slug for author in Author.objects.all()] == ["anna-brown"]


def test_the_first_category_that_is_a_section_is_the_section_and_others_are_topics(imports):
    make_section("Sport")

    imports.items(
        item(1, categories=[("scotland", "Scotland"), ("sport", "Sport"), ("politics", "POLITICS")])
    )

    assert post_of(1).section.slug == "sport"
    assert [topic.name for topic in post_of(1).topics.all()] == ["Scotland"]
    assert imports.problems(1)["second_section"] == ["Politics"]


def test_topics_are_found_by_address_name_or_other_name_and_never_made_twice(imports):
    syria, libya = make_topic("Syria"), make_topic("Libya")
    TopicAlias.objects.create(topic=libya, name="Tripoli", slug="tripoli")
    TopicAlias.objects.create(topic=libya, name="The Maghreb", slug="maghreb")

    imports.items(
        item(1, tags=[("syria", "Another name"), ("x1", "SYRIA"), ("y", "the  maghreb")]),
        item(2, tags=[("tripoli", "?"), ("new", "New one"), ("new-2", "NEW ONE")]),
    )

    assert set(post_of(1).topics.all()) == {syria, libya}
    assert {topic.name for topic in post_of(2).topics.all()} == {"Libya", "New one"}
    assert Topic.objects.count() == 3


def test_the_map_says_where_names_go(imports, tmp_path):
    make_section("Sport")
    path = tmp_path / "map.csv"
    path.write_text(
        "kind,from,count,to\ncategory,news,1,section:sport\ncategory,misc,1,drop\n"
        "tag,holyrood,1,topic:scottish-parliament\nauthor,desk,1,byline\nauthor,bot,1,drop\n"
        "author,anna,1,author:anna-brown\n"
    )

    imports.items(
        item(
            1,
            categories=[("misc", "Misc"), ("news", "News")],
            tags=[("holyrood", "Holyrood")],
            people=[("desk", "News Desk"), ("bot", "Bot"), ("anna", "Anna B.")],
        ),
        map=path,
    )

    post = post_of(1)
    assert post.section.slug == "sport"
    assert [topic.slug for topic in post.topics.all()] == ["scottish-parliament"]
    assert post.byline == "News Desk"
    assert [author.slug for author in post.authors.all()] == ["anna-brown"]
    assert imports.problems(1)["author_dropped"] == ["Bot"]


def test_the_section_given_is_for_what_goes_nowhere(imports):
    make_section("World")

    imports.items(item(1, categories=[("x", "X")]), item(2), section="world")

    assert [post_of(key).section.slug for key in (1, 2)] == ["world", "politics"]


def test_a_canonical_address_elsewhere_is_named_and_comments_are_counted(imports):
    imports.items(
        item(
            1,
            meta=[
                ("_yoast_wpseo_canonical", "https://agency.example/x"),
                ("_yoast_wpseo_title", "x"),
            ],
            comments=3,
        ),
        item(2, meta=[("_yoast_wpseo_canonical", wxr.SITE + "/2016/12/story-2/")]),
    )

    assert imports.problems()["canonical"] == ["https://agency.example/x"]
    assert imports.report["counts"]["aside_comments"] == 3
    assert imports.report["counts"]["aside_seo"] == 3


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2", ""])
@pytest.mark.parametrize("http", ["http", "https"])
def test_every_version_and_form_of_the_namespaces_is_read(imports, version, http):
    imports.items(item(1), version=version, http=http)

    assert post_of(1).status == "published"


def test_names_that_version_1_0_gives_twice_are_one(imports):
    once = "<category><![CDATA[Syria]]></category>" + wxr.category("tag", "syria-2", "Syria")

    imports.items(item(1, tags=[], extra=once), version="1.0")

    assert [topic.name for topic in post_of(1).topics.all()] == ["Syria"]


def test_ids_longer_than_the_column_are_found_again(imports):
    key = "urn:" + "x" * 300

    imports.items(item(key, name="x"))
    imports.items(item(key, name="x"))

    row = ImportedStory.objects.get()
    assert row.reference == key
    assert row.post.source_id.startswith("sha256:")
    assert imports.outcomes() == {key: "unchanged"}


def test_the_same_id_twice_counts_once_and_is_named(imports):
    imports.items(item(1, title="First"), item(1, title="Second"))

    assert Post.objects.get().headline == "First"
    assert [(row["outcome"], row["why"]) for row in imports.report["items"]] == [
        ("left_out", "same_id"),
        ("imported", "published"),
    ]


def test_authors_and_pictures_of_one_file_serve_the_others(imports):
    imports(wxr.export(item(1)), wxr.export(authors=[("anna", "Anna Brown")]), wxr.export(item(2)))

    assert Author.objects.get().name == "Anna Brown"
    assert Post.objects.count() == 2
