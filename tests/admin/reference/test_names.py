"""Names and addresses as editors type them: any script, one row, refused beside the field."""

from urllib.parse import unquote

import pytest
from django.test import Client

from articles.desk import roles
from articles.models import Author, Edition, Section, Topic
from articles.publishing.steps.publish import publish
from tests.admin.browsing import sent_by
from tests.admin.filling import errors_of, save
from tests.admin.reference.test_topics_admin import change_url, form_of
from tests.builders import make_post, make_story, make_topic, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, administrator):
    client.force_login(administrator)
    return client


@pytest.mark.parametrize("name", ["🔥", "!!!", "ﷺ" * 20, "हिन्दी-समाचार", "北京"])
def test_a_topic_of_any_signs_typed_by_a_reporter_breaks_no_page(client, name):
    reporter = make_user(roles.REPORTER)
    post = make_post(status="draft", created_by=reporter)
    client.force_login(reporter)

    save(client, post, topics=[f"new:{name}"])
    publish_now(post)

    topic = Topic.objects.get()
    client.logout()
    for address in ("/", "/topics/", "/sitemaps/topics.xml", story_of(post), topic_page(topic)):
        assert client.get(address).status_code == 200, address
    assert topic.get_absolute_url() in client.get(story_of(post)).text


def test_two_spellings_of_a_topic_in_two_stories_are_one_topic(desk):
    first, second = make_post(), make_post()

    save(desk, first, topics=["new:Émile Zola"])
    save(desk, second, topics=["new:émile zola", "new:E\u0301MILE ZOLA"])

    assert list(second.topics.all()) == list(first.topics.all()) == [Topic.objects.get()]


def test_a_topic_that_shows_nothing_is_refused_beside_the_field(desk):
    page = save(desk, make_post(), topics=["new:\u200b\u3164"])

    assert "Enter at least one visible character." in errors_of(page)


@pytest.mark.parametrize(
    ("headline", "slug"),
    [
        ("北京今日新闻", "北京今日新闻"),
        ("Россия и Китай подписали договор", "россия-и-китай-подписали-договор"),
        ("🔥🔥🔥", None),
    ],
)
def test_a_headline_in_any_script_makes_an_address(client, editor, headline, slug):
    post = make_post("x", slug="x")
    type(post).objects.update(headline=headline, slug="")

    edition = publish(post, by=editor)

    assert edition.slug == (slug or str(post.pk))
    page = client.get(edition.get_absolute_url())
    assert page.status_code == 200
    assert headline in page.text


def test_an_address_with_marks_is_taken_whole(client, desk):
    post = make_post()

    save(desk, post, slug="हिन्दी-समाचार")
    publish_now(post)

    assert unquote(story_of(post)).endswith("/हिन्दी-समाचार/")
    assert client.get(story_of(post)).status_code == 200


def test_a_decomposed_address_leads_to_the_composed_one(client, desk):
    post = make_post()
    save(desk, post, slug="cafe\u0301")
    publish_now(post)
    composed, day = story_of(post), story_of(post)[:12]

    answer = client.get(f"{day}cafe%CC%81/?x=1")

    assert (answer.status_code, answer.headers["Location"]) == (301, f"{composed}?x=1")
    assert composed.endswith("/caf%C3%A9/")


@pytest.mark.parametrize("slug", ["-", "---", "_", "-a-", "a b", "🔥", "a/b", "../x"])
def test_a_bad_address_is_refused_beside_the_field_in_every_form(desk, slug):
    topic = make_topic()

    assert "An address is made of" in errors_of(save(desk, make_post(), slug=slug))
    page = desk.post(change_url(topic), form_of(topic) | {"slug": slug})
    assert "An address is made of" in str(page.context["errors"])
    for kind in ("author", "section"):
        data = {"name": "New", "slug": slug, "position": 0}
        page = desk.post(f"/admin/articles/{kind}/add/", data)
        assert "An address is made of" in str(page.context["errors"])


@pytest.mark.parametrize(
    ("kind", "model", "name", "slug"),
    [
        ("author", Author, "Иван Петров", "иван-петров"),
        ("section", Section, "Политика", "политика"),
    ],
)
def test_authors_and_sections_have_addresses_in_any_script(desk, kind, model, name, slug):
    for given in (slug, ""):
        model.objects.all().delete()
        data = sent_by(desk.get(f"/admin/articles/{kind}/add/"))
        data |= {"name": name, "slug": given, "position": 0}
        answer = desk.post(f"/admin/articles/{kind}/add/", data)
        assert answer.status_code == 302, answer.context["errors"]
        assert model.objects.get().slug == slug
    if kind == "section":
        assert desk.get(model.objects.get().get_absolute_url()).status_code == 200


def publish_now(post):
    post.refresh_from_db()
    type(post).objects.filter(pk=post.pk).update(status="ready")
    publish(post, by=None)


def story_of(post):
    return Edition.objects.get(post=post).get_absolute_url()


def topic_page(topic):
    return topic.get_absolute_url()


@pytest.mark.parametrize("kind", ["topic", "author", "section"])
def test_who_renames_on_the_desk_breaks_no_link(client, desk, kind):
    story = make_story(topics=["Syria"], authors=["Anna Brown"])
    row = {"topic": Topic, "author": Author, "section": Section}[kind].objects.get()
    old = row.get_absolute_url()
    reader, page = Client(), story_of(story)
    assert old in reader.get(page).text
    address = f"/admin/articles/{kind}/{row.pk}/change/"

    answer = desk.post(address, sent_by(desk.get(address)) | {"slug": "new-address"})

    assert answer.status_code == 302
    assert reader.get(old).headers["Location"] == f"/{kind}s/new-address/"
    assert f"/{kind}s/new-address/" in reader.get(page).text
    assert old not in reader.get(page).text
