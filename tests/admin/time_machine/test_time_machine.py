"""Any public page as it was at a moment, for the desk alone."""

import datetime as dt
import re
from html import unescape

import pytest
from django.core.cache import caches
from django.utils import timezone

from articles.admin.time_machine.links import inside
from articles.admin.time_machine.moments import read_moment, time_machine_url, write_moment
from articles.models import Breaking, Placement, Post
from articles.publishing.steps.publish import publish
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.withdraw import withdraw
from tests.builders import make_post, make_story, make_user, rewrite

pytestmark = pytest.mark.django_db

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
MONDAY = dt.datetime(2026, 11, 16, 12, 0, tzinfo=dt.UTC)
LISTS = ["/", "/latest/", "/sections/politics/", "/topics/syria/", "/authors/anna-brown/"]
LISTS += ["/2026/", "/2026/11/", "/2026/11/16/", "/search/?q=wall"]


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def story():
    """Published on Monday, rewritten on Tuesday, withdrawn on Wednesday."""
    post = make_story(
        "The wall stands",
        at=MONDAY,
        text="<p>First words.</p>",
        topics=["Syria"],
        authors=["Anna Brown"],
    )
    rewrite(post, "Second words.")
    Post.objects.filter(pk=post.pk).update(headline="The wall falls")
    publish(Post.objects.get(pk=post.pk), by=None, now=MONDAY + DAY)
    withdraw(Post.objects.get(pk=post.pk), by=None, note="", now=MONDAY + 2 * DAY)
    return post


def path_of(post):
    return post.editions.earliest("number").get_absolute_url()


def seen(client, moment, path):
    return client.get(time_machine_url(moment, path))


def test_a_story_is_shown_as_it_was_at_each_moment(desk, story):
    path = path_of(story)

    first, second = (seen(desk, MONDAY + hours * HOUR, path) for hours in (1, 25))
    before, after = (seen(desk, MONDAY + hours * HOUR, path) for hours in (-1, 50))

    assert "First words." in first.text
    assert "Second words." in second.text
    assert "First words." not in second.text
    assert before.status_code == 404
    assert after.status_code == 410
    assert "words." not in before.text + after.text


def test_the_very_moment_of_an_edition_shows_it(desk, story):
    for edition in story.editions.all():
        page = seen(desk, edition.live_from, path_of(story)).text

        assert edition.headline in page


@pytest.mark.parametrize("path", LISTS)
def test_lists_and_fronts_are_as_they_were(desk, story, path):
    def headlines(hours):
        page = seen(desk, MONDAY + hours * HOUR, path)
        text = page.text if page.status_code == 200 else ""
        return [words for words in ("The wall stands", "The wall falls") if words in unmarked(text)]

    assert [headlines(hours) for hours in (-1, 1, 25, 50)] == [
        [],
        ["The wall stands"],
        ["The wall falls"],
        [],
    ]


def unmarked(html):
    return re.sub("<[^>]+>", "", html)


def test_the_front_is_arranged_as_it_was(desk):
    pinned, newer = make_story("Pinned", at=MONDAY), make_story("Newer", at=MONDAY + HOUR)
    Placement.objects.create(
        post=pinned, slot=1, live_from=MONDAY + 2 * HOUR, live_until=MONDAY + 3 * HOUR
    )

    def lead(hours):
        page = seen(desk, MONDAY + hours * HOUR, "/").text
        return min(["Pinned", "Newer"], key=lambda words: page.index(f">{words}<"))

    assert [lead(hours) for hours in (1.5, 2.5, 3.5)] == ["Newer", "Pinned", "Newer"]
    assert newer.editions.exists()


def test_breaking_news_is_as_it_was(desk, editor):
    post = make_story(at=MONDAY)
    Breaking.objects.create(
        text="It happened", post=post, owner=editor, live_from=MONDAY, live_until=MONDAY + HOUR
    )

    assert "It happened" in seen(desk, MONDAY + HOUR / 2, "/").text
    assert "It happened" not in seen(desk, MONDAY + 2 * HOUR, "/").text


def test_a_moment_to_come_shows_what_is_scheduled(desk, editor):
    post, due = make_post("Still to come"), timezone.now() + DAY
    schedule(post, by=editor, at=due)
    post.refresh_from_db()

    page = seen(desk, due + HOUR, "/").text

    assert "Still to come" in page
    assert "as far as it is scheduled now" in page
    assert "Still to come" not in seen(desk, due - HOUR, "/").text


def test_a_bar_says_which_moment_it_is_and_leads_back(desk, story):
    page = seen(desk, MONDAY + HOUR, path_of(story)).text

    bar = page[page.index('<aside class="time-machine"') : page.index("</aside>")]
    assert "The site as it was on <strong>16 Nov 2026, 13:00</strong>" in bar
    assert f'href="{path_of(story)}"' in bar
    assert 'href="/admin/"' in bar
    assert 'value="2026-11-16T13:00:00"' in bar
    assert page.index("<body") < page.index(bar)


def test_links_and_forms_stay_at_the_moment(desk, story):
    page = seen(desk, MONDAY + HOUR, "/search/?q=wall").text
    page = page.replace(page[page.index("<aside class=") : page.index("</aside>")], "")

    links = [
        unescape(url) for url in re.findall(r'<(?:a|form)\b[^>]*?(?:href|action)="([^"]*)"', page)
    ]

    root = "/admin/at/2026-11-16T13:00:00Z/"
    assert f"{root.rstrip('/')}{path_of(story)}" in links
    assert {url for url in links if not url.startswith((root, "#", "?"))} == set()


def test_a_redirect_stays_at_the_moment(desk, story):
    answer = seen(desk, MONDAY + HOUR, "/latest/?topic=Syria")

    assert answer.status_code == 302
    assert answer.url == "/admin/at/2026-11-16T13:00:00Z/latest/?topic=syria"


@pytest.mark.parametrize(
    ("url", "moved"),
    [
        ("/latest/", "/admin/at/m/latest/"),
        ("https://news.example.org/latest/", "/admin/at/m/latest/"),
        ("https://news.example.org", "/admin/at/m/"),
        ("https://news.example.org.evil/x", None),
        ("//evil.example/x", None),
        ("/\\evil.example", None),
        ("/admin/articles/post/", None),
        ("/media/x.jpg", None),
        ("/static/x.css", None),
        ("#content", None),
        ("?page=2", None),
        ("mailto:a@example.org", None),
    ],
)
def test_only_links_to_pages_of_the_site_are_moved(url, moved):
    assert inside(url, "/admin/at/m", "https://news.example.org") == (moved or url)


def test_nothing_of_it_is_kept_anywhere(desk, story):
    caches["pages"].clear()
    for path in [path_of(story), *LISTS]:
        answer = seen(desk, MONDAY + HOUR, path)

        assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
        assert "noindex" in answer["X-Robots-Tag"]
        assert "ETag" not in answer
        assert "Surrogate-Key" not in answer
    assert '<meta name="robots" content="noindex' in seen(desk, MONDAY + HOUR, "/").text

    desk.logout()
    for path in LISTS:
        page = desk.get(path)
        assert "time-machine" not in page.text
        assert "The wall" not in page.text


def test_readers_are_shown_the_present_by_the_same_process(desk, client):
    make_story("Lasting", at=MONDAY)
    make_story("Later", at=MONDAY + DAY)
    client.logout()
    now = client.get("/").text

    assert "Later" in now
    client.force_login(make_user())
    assert "Later" not in seen(client, MONDAY + HOUR, "/").text
    client.logout()
    assert client.get("/").text == now


@pytest.mark.parametrize("who", ["reporter", "editor", "picture_editor", "administrator"])
def test_every_role_may_look(client, request, story, who):
    client.force_login(request.getfixturevalue(who))

    assert "First words." in seen(client, MONDAY + HOUR, path_of(story)).text
    assert client.get("/admin/at/").status_code == 200


def test_nobody_else_may(client, story):
    for address in (time_machine_url(MONDAY + HOUR, path_of(story)), "/admin/at/"):
        client.logout()
        assert "/login/" in client.get(address).url
        client.force_login(make_user(role=None))
        assert client.get(address).status_code == 403
        client.force_login(make_user(role=None, is_staff=False))
        assert "/login/" in client.get(address).url


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_only_looks(desk, method):
    assert getattr(desk, method)(time_machine_url(MONDAY, "/")).status_code == 405
    assert getattr(desk, method)("/admin/at/").status_code == 405


@pytest.mark.parametrize(
    "moment",
    [
        "now",
        "2026",
        "2026-11-16",
        "2026-13-01T00:00",
        "2026-11-16T25:00",
        "0001-01-01T00:00",
        "9999-12-31T23:59",
        "2999-12-30T23:59",
        "1600-01-02T00:00",
        "2026-11-16T12:00+99:99",
        "2026-11-16T12:00:00.1234567",
        "٢٠٢٦-11-16T12:00",
        "-" * 500,
        "%00",
    ],
)
def test_an_impossible_moment_is_refused_in_words(desk, moment):
    assert read_moment(moment) is None
    for address in (f"/admin/at/{moment}/", f"/admin/at/{moment}/latest/"):
        answer = desk.get(address)
        assert answer.status_code == 404, address
    answer = desk.get("/admin/at/", {"moment": moment, "path": "/"})
    assert answer.status_code in {200, 400}
    assert "time-machine" not in answer.text


@pytest.mark.parametrize(
    "moment", ["1600-01-10T00:00", "2999-12-20T23:59:59.999999", "1970-01-01T00:00Z"]
)
def test_the_furthest_moments_have_pages(desk, story, moment):
    for path in [*LISTS, path_of(story), "/corrections/", "/topics/", "/feeds/"]:
        answer = desk.get(time_machine_url(read_moment(moment), path))
        assert answer.status_code in {200, 404, 410}, path


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere/",
        "/%FF/",
        "/%00/",
        "//evil.example/",
        "/../../etc/passwd",
        "/2026/99/99/",
        "/2026/11/16/" + "x" * 900 + "/",
        "/latest/?before=x&topic=%00&from=9999-99-99",
        "/search/?q=" + "(" * 500 + "&page=999&sort=newest",
        "/search/?sort=newest&before=" + "9" * 50,
        "/é/",
        "/topics/?letter=%00",
        "/admin/",
        "/admin/at/2026-11-16T12:00/",
        "/healthz",
        "/readyz",
        "/metrics",
        "/feeds/rss.xml",
        "/robots.txt",
        "/sitemap.xml",
        "/oembed/?url=x",
        "/opensearch.xml",
        "/search/suggest/?q=wall",
        "/static/css/site.css",
    ],
)
def test_no_path_breaks_it_or_leads_out(desk, story, path):
    answer = desk.get(time_machine_url(MONDAY + HOUR, "/")[:-1] + path)

    assert answer.status_code in {200, 302, 404}
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    assert 'href="//' not in getattr(answer, "text", "")


@pytest.mark.parametrize(
    "path", ["/feeds/rss.xml", "/robots.txt", "/admin/", "/search/suggest/?q=x"]
)
def test_what_is_no_page_is_said_to_be_none(desk, path):
    answer = seen(desk, MONDAY, path)

    assert answer.status_code == 404
    assert "Only the site" in answer.text


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("/latest/", "/latest/"),
        ("latest/", "/latest/"),
        ("http://testserver/latest/?topic=syria", "/latest/?topic=syria"),
        ("", "/"),
        ("//evil.example/x", "/x"),
        ("http://[", "/"),
    ],
)
def test_a_form_leads_to_a_page_and_a_moment(desk, typed, found):
    answer = desk.get("/admin/at/", {"path": typed, "moment": "2026-11-16T12:00:00"})

    assert answer.status_code == 302
    assert answer.url == "/admin/at/2026-11-16T12:00:00Z" + found


def test_moments_are_the_newsrooms_unless_they_say_otherwise(settings):
    summer = read_moment("2026-07-01T12:00")

    assert write_moment(summer) == "2026-07-01T11:00:00Z"
    assert read_moment("2026-07-01T12:00+02:00") == summer - HOUR
    assert read_moment(
        write_moment(MONDAY + dt.timedelta(microseconds=5))
    ) == MONDAY + dt.timedelta(microseconds=5)


def test_a_storys_history_leads_to_the_site_at_each_edition(desk, story):
    page = desk.get(f"/admin/articles/post/{story.pk}/history/").text

    for edition in story.editions.all():
        url = time_machine_url(edition.live_from, edition.get_absolute_url())
        assert f'href="{url}"' in page
        assert edition.headline in desk.get(url).text
