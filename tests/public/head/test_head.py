"""What a page's head tells machines is what the page shows to people."""

import datetime as dt
import json

import pytest
from django.urls import reverse
from lxml import html

from articles.models import Edition
from articles.public.head.json_ld import json_ld
from articles.publishing.steps.publish import publish
from tests.builders import make_link, make_photo, make_post, make_stories, make_story

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2016, 12, 13, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
SITE = "http://testserver"


class Page:
    """A page, as a reader sees it and as a machine does."""

    def __init__(self, client, path):
        response = client.get(path)
        assert response.status_code == 200
        self.raw = response.content.decode()
        self.tree = html.fromstring(response.content)
        self.main = self.tree.find(".//main")
        text = self.tree.findtext(".//script[@type='application/ld+json']")
        self.things = {thing["@type"]: thing for thing in json.loads(text)["@graph"]}

    def meta(self, name):
        """What the meta elements of a name say."""
        return self.tree.xpath("//head/meta[@property=$name or @name=$name]/@content", name=name)

    def links(self, rel):
        return self.tree.xpath("//head/link[@rel=$rel]/@href", rel=rel)

    def shown(self, name):
        """The words that are shown in the first element of a class."""
        found = self.main.xpath(f"//*[contains(concat(' ', @class, ' '), ' {name} ')]")
        return " ".join(found[0].text_content().split()) if found else None

    def moments(self, name):
        """The moments that are shown in elements of a class."""
        return self.main.xpath(f"//*[contains(@class, '{name}')]//time/@datetime")


def moment(text):
    return dt.datetime.fromisoformat(text)


@pytest.fixture
def page(client):
    """The page of a story that has everything, corrected a day later."""
    post = make_post(
        "Aleppo: “they” & we",
        slug="aleppo",
        standfirst="What was said.",
        text="<p>One two three four.</p>",
        photo=make_photo(caption="A street.", credit="PA Images", alt="Broken houses."),
        topics=["Syria", "Labour"],
        authors=["Anna Brown", "Ben Fry"],
    )
    publish(post, by=None, now=NOON)
    post.refresh_from_db()
    post.change_kind, post.change_note = "correction", "The date was wrong."
    post.save()
    publish(post, by=None, now=NOON + DAY)
    return Page(client, "/2016/12/13/aleppo/")


def test_the_article_says_what_the_page_shows(page):
    article = page.things["NewsArticle"]

    assert article["headline"] == page.shown("story-headline")
    assert article["description"] == page.shown("standfirst")
    assert article["articleSection"] in page.shown("story-section")
    assert [author["name"] for author in article["author"]] == [
        link.text for link in page.main.xpath("//a[@rel='author']")
    ]
    assert [author["url"] for author in article["author"]] == [
        SITE + link for link in page.main.xpath("//a[@rel='author']/@href")
    ]
    assert article["keywords"] == page.main.xpath("//*[@class='topics']//li/a/text()")
    posted, updated = (moment(text) for text in page.moments("dateline"))
    assert moment(article["datePublished"]) == posted
    assert moment(article["dateModified"]) == updated
    assert article["correction"][0]["text"] == page.shown("note-words")
    assert moment(article["correction"][0]["datePublished"]) == moment(page.moments("notes")[0])
    assert article["image"][0]["caption"] == page.shown("caption")
    assert article["image"][0]["creditText"] == page.shown("credit")
    assert article["url"] == page.links("canonical")[0]
    assert article["wordCount"] == 4
    assert article["isAccessibleForFree"] is True


def test_a_story_that_was_not_updated_does_not_say_so(client):
    make_story("Aleppo", now=NOON)

    page = Page(client, "/2016/12/13/aleppo/")

    article = page.things["NewsArticle"]
    assert article["dateModified"] == article["datePublished"] == "2016-12-13T12:00:00+00:00"
    assert "correction" not in page.things["NewsArticle"]
    assert page.meta("article:modified_time") == []
    assert len(page.moments("dateline")) == 1


def test_dates_have_the_newsrooms_zone(client):
    make_story("Summer", now=dt.datetime(2016, 7, 1, 12, tzinfo=dt.UTC))

    page = Page(client, "/2016/07/01/summer/")

    assert page.things["NewsArticle"]["datePublished"] == "2016-07-01T13:00:00+01:00"


def test_pictures_come_in_three_shapes_each_with_its_credit(page):
    images = page.things["NewsArticle"]["image"]

    assert [(image["width"], image["height"]) for image in images] == [
        (1200, 675),
        (1200, 900),
        (1200, 1200),
    ]
    assert {image["creditText"] for image in images} == {"PA Images"}
    assert all(image["url"].startswith(f"{SITE}/media/renditions/") for image in images)


def test_a_story_without_people_names_whom_its_byline_names(client):
    make_story("Agency", byline="PA Media", now=NOON)

    author = Page(client, "/2016/12/13/agency/").things["NewsArticle"]["author"]

    assert author == [{"@type": "Organization", "name": "PA Media"}]


def test_the_publisher_is_named(page):
    article, publisher = page.things["NewsArticle"], page.things["NewsMediaOrganization"]

    assert article["publisher"]["@id"] == publisher["@id"]
    assert publisher["name"] == "Newsroom"


def test_crumbs_lead_from_the_front_page_to_the_story(page):
    steps = page.things["BreadcrumbList"]["itemListElement"]

    assert [(step["position"], step["name"], step["item"]) for step in steps] == [
        (1, "Newsroom", f"{SITE}/"),
        (2, "Politics", f"{SITE}/sections/politics/"),
        (3, "Aleppo: “they” & we", f"{SITE}/2016/12/13/aleppo/"),
    ]


def test_what_is_shared_is_what_is_shown(page):
    assert page.meta("og:title") == [page.shown("story-headline")]
    assert page.meta("og:type") == ["article"]
    assert page.meta("og:description") == page.meta("description") == [page.shown("standfirst")]
    assert page.meta("og:url") == page.links("canonical") == [f"{SITE}/2016/12/13/aleppo/"]
    assert page.meta("og:image") == [page.things["NewsArticle"]["image"][0]["url"]]
    assert page.meta("og:image:width") == ["1200"]
    assert page.meta("og:image:alt") == ["Broken houses."]
    assert page.meta("twitter:card") == ["summary_large_image"]
    assert page.meta("article:tag") == ["Syria", "Labour"]
    posted, updated = (moment(text) for text in page.moments("dateline"))
    assert moment(page.meta("article:published_time")[0]) == posted
    assert moment(page.meta("article:modified_time")[0]) == updated


def test_a_script_in_a_headline_is_harmless(client):
    bad = "</script><script>alert(1)</script><!--"
    make_story(bad, slug="bad", standfirst=bad, topics=["T"], now=NOON)

    page = Page(client, "/2016/12/13/bad/")

    assert page.things["NewsArticle"]["headline"] == bad
    assert page.meta("og:title") == [bad]
    assert "alert" not in " ".join(page.tree.xpath("//script[not(@type)]/text()"))
    assert page.raw.count("<script") == page.raw.count("</script>") == 1


@pytest.mark.parametrize("text", ["</script>", "<!--", "\u2028", "&lt;", "]]>"])
def test_no_text_ends_the_element_that_it_stands_in(text):
    written = str(json_ld([{"name": text}]))

    assert not {"<", ">", "&"} & set(written)
    assert json.loads(written)["@graph"][0]["name"] == text


@pytest.mark.parametrize(
    ("path", "feed"),
    [
        ("/", "/feeds/"),
        ("/latest/", "/feeds/"),
        ("/2016/12/13/aleppo/", "/feeds/"),
        ("/2016/12/", "/feeds/"),
        ("/sections/politics/", "/sections/politics/"),
        ("/topics/syria/", "/topics/syria/"),
        ("/authors/anna-brown/", "/authors/anna-brown/"),
    ],
)
def test_every_page_leads_to_its_feeds(client, path, feed):
    make_story("Aleppo", topics=["Syria"], authors=["Anna Brown"], now=NOON)

    page = Page(client, path)

    found = [link for link in page.links("alternate") if "oembed" not in link]
    assert found == [feed + file for file in ("rss.xml", "atom.xml", "feed.json")]
    for link in found:
        assert client.get(link).status_code == 200


@pytest.mark.parametrize(
    "path", ["/", "/latest/", "/2016/12/13/", "/sections/politics/", "/topics/syria/"]
)
def test_a_list_tells_machines_the_stories_that_it_shows(client, path):
    make_stories({"topics": ["Syria"], "at": NOON + number * HOUR / 4} for number in range(9))

    page = Page(client, path)

    shown = page.main.xpath("//*[contains(@class, 'card-headline')]/a/@href")
    lines = page.things["ItemList"]["itemListElement"]
    assert [line["url"] for line in lines] == [SITE + address for address in shown]
    assert [line["position"] for line in lines] == list(range(1, 10))


@pytest.mark.parametrize("path", ["/sections/politics/", "/latest/", "/topics/syria/"])
def test_a_list_and_its_feed_agree(client, path):
    make_stories({"topics": ["Syria"], "at": NOON + number * HOUR} for number in range(25))

    page = Page(client, path)
    feed = client.get(page.links("alternate")[2]).json()

    lines = [line["url"] for line in page.things["ItemList"]["itemListElement"]]
    assert [item["url"] for item in feed["items"]] == lines


@pytest.mark.parametrize("path", ["/sections/politics/", "/latest/", "/latest/?topic=syria"])
def test_pages_of_a_list_name_their_neighbours(client, path):
    make_stories(
        {"section": "Politics", "topics": ["Syria"], "at": NOON + number * HOUR}
        for number in range(45)
    )

    first = Page(client, path)
    second = Page(client, first.links("next")[0])

    assert first.links("prev") == []
    assert first.links("next") == first.main.xpath("//a[@rel='next']/@href")
    assert first.links("canonical") == [SITE + path]
    assert second.links("prev") == second.main.xpath("//a[@rel='prev']/@href")
    assert second.links("canonical") == [SITE + first.links("next")[0]]


def test_a_page_is_known_by_its_address_without_what_means_nothing(client):
    make_story("Aleppo", now=NOON)

    page = Page(client, "/2016/12/13/aleppo/?utm_source=x")

    assert page.links("canonical") == [f"{SITE}/2016/12/13/aleppo/"]


def test_the_site_is_known_by_one_address(client, settings):
    settings.SITE_URL = "https://news.example.org"
    make_story("Aleppo", now=NOON)

    page = Page(client, "/2016/12/13/aleppo/")

    assert page.links("canonical") == ["https://news.example.org/2016/12/13/aleppo/"]
    assert page.things["NewsArticle"]["url"] == page.links("canonical")[0]


def test_the_front_page_speaks_for_the_site(client):
    make_story(now=NOON)

    site = Page(client, "/").things["WebSite"]

    assert (site["name"], site["url"]) == ("Newsroom", f"{SITE}/")


def test_a_missing_page_says_nothing_to_machines(client):
    response = client.get("/2016/12/13/nothing/")

    assert response.status_code == 404
    assert b"ld+json" not in response.content
    assert b"canonical" not in response.content


def test_a_draft_is_in_no_head(client):
    post = make_post("Live", topics=["Syria"])
    make_link(post, make_post("Secret headline"))
    publish(post, by=None, now=NOON)
    make_post("Secret story", topics=["Syria"])

    for path in ("/", "/topics/syria/", Edition.objects.get().get_absolute_url()):
        assert "Secret" not in Page(client, path).raw


def test_a_preview_says_nothing_to_machines(client, editor):
    client.force_login(editor)
    post = make_post("Not yet", topics=["Syria"])

    answer = client.get(reverse("admin:articles_post_preview", args=[post.pk]))

    assert b"Not yet" in answer.content
    assert b"ld+json" not in answer.content
    assert b"og:title" not in answer.content
    assert b"canonical" not in answer.content
