"""Embeds in a reader's browser: who is asked, and when. No test has a network: every other host is
answered here."""

from urllib.parse import urlsplit

import pytest

from articles.models import Embed
from articles.publishing.steps.publish import publish
from tests.builders import make_photo, make_post

from .accessibility import violations

pytestmark = pytest.mark.django_db

TEN = {
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ": "www.youtube-nocookie.com",
    "https://youtu.be/aaaaaaaaaaa": "www.youtube-nocookie.com",
    "https://vimeo.com/76979871": "player.vimeo.com",
    "https://x.com/somebody/status/20": "platform.twitter.com",
    "https://bsky.app/profile/news.example/post/3kabcdefghij2": "embed.bsky.app",
    "https://www.instagram.com/p/CxYz/": "www.instagram.com",
    "https://open.spotify.com/episode/7makk4oTQel546B0PZlDM5": "open.spotify.com",
    "https://datawrapper.dwcdn.net/AbC12/": "datawrapper.dwcdn.net",
    "https://www.openstreetmap.org/#map=14/36.2/37.15": "www.openstreetmap.org",
    "https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ": "",
}
WATCHING = """
    window.reported = [];
    addEventListener("securitypolicyviolation", (event) => reported.push(event.blockedURI));
"""


@pytest.fixture(scope="module")
def site(serving):
    address, path = serving(make_page)
    return address, address + path


def make_page():
    """A story with ten embeds, one of them with a picture."""
    post = make_post("What was seen")
    photo = make_photo()
    for place, url in enumerate(TEN, 100):
        shown = {"photo": photo} if place == 100 and hasattr(Embed, "photo") else {}
        Embed.objects.create(
            parent=post, region="body", ordering=place, url=url, title=f"Seen {place}", **shown
        )
    return publish(post, by=None).get_absolute_url()


@pytest.fixture
def watched(open_page, site):
    """`watched(script=True)` gives a page, and the hosts other than ours that it asked."""
    ours = urlsplit(site[0]).netloc

    def watch(**options):
        page, asked = open_page(**options), []

        def answer(route):
            host = urlsplit(route.request.url).netloc
            if host == ours:
                return route.continue_()
            asked.append(host)
            return route.fulfill(
                content_type="text/html",
                headers={"Set-Cookie": "seen=1; SameSite=None; Secure"},
                body="<title>Theirs</title><p>Shown",
            )

        page.context.route("**/*", answer)
        page.add_init_script(WATCHING)
        return page, asked

    return watch


def allow_always(page, name):
    """By keyboard: a click may be taken for one into the frame, which is just being laid out."""
    page.get_by_role("checkbox", name=f"Always show {name} on this device").press("Space")


def test_ten_embeds_ask_nobody_and_one_click_asks_that_provider_alone(watched, site):
    page, asked = watched()
    page.goto(site[1], wait_until="networkidle")

    assert asked == []
    assert page.context.cookies() == []
    assert page.evaluate("reported") == []
    assert page.locator("iframe").count() == 0

    page.get_by_role("button", name="Show this from Vimeo.").click()
    frame = page.frame_locator("iframe")
    frame.get_by_text("Shown").wait_for()

    assert set(asked) == {"player.vimeo.com"}
    assert page.evaluate("reported") == []
    made = page.locator("iframe")
    assert made.get_attribute("src") == "https://player.vimeo.com/video/76979871?dnt=1"
    assert made.get_attribute("title") == "Seen 102"
    assert made.get_attribute("referrerpolicy") == "strict-origin"
    assert made.get_attribute("sandbox") == (
        "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox"
    )


def test_each_frame_may_be_made_and_no_other(watched, site):
    page, asked = watched()
    page.goto(site[1])
    while (button := page.locator(".embedded-show")).count():
        button.first.click()
    page.wait_for_load_state("networkidle")

    assert page.evaluate("reported") == []
    assert set(asked) == {*TEN.values()} - {""}

    page.evaluate(
        """() => {
            const made = document.createElement("iframe");
            made.src = "https://evil.example/";
            document.body.append(made);
        }"""
    )
    page.wait_for_function("() => reported.length")
    assert "evil.example" not in asked


def test_what_may_always_be_shown_is_kept_in_the_browser_until_it_is_taken_back(watched, site):
    page, asked = watched()
    page.goto(site[1])
    page.get_by_role("button", name="Show this from YouTube.").first.click()
    allow_always(page, "YouTube")

    asked.clear()
    page.goto(site[1], wait_until="load")
    # That of the second film further down waits until it is near.
    assert page.locator("iframe").count() == 2
    assert set(asked) <= {"www.youtube-nocookie.com"}
    assert page.context.cookies(site[0]) == []

    page.goto(site[0] + "/privacy/")
    row = page.get_by_role("listitem").filter(has_text="YouTube")
    assert row.count() == 1
    assert not page.get_by_text("You are asked each time.").is_visible()
    row.get_by_role("button").click()
    assert page.get_by_text("You are asked each time.").is_visible()
    assert page.evaluate("localStorage.length") == 0

    page.goto(site[1])
    assert page.locator("iframe").count() == 0


def test_a_browser_that_keeps_nothing_still_shows_what_is_asked_for(watched, site):
    page, _asked = watched()
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw 1; }});")
    page.goto(site[1])
    page.get_by_role("button", name="Show this from X.").press("Enter")
    allow_always(page, "X")

    assert page.locator("iframe").count() == 1


def test_without_script_there_are_links_and_no_buttons_that_do_nothing(watched, site):
    page, asked = watched(java_script_enabled=False)
    page.goto(site[1])

    assert page.locator(".embedded a:visible").count() == len(TEN)
    assert page.locator(".embedded button:visible").count() == 0
    assert asked == []
    page.goto(site[0] + "/privacy/")
    assert page.get_by_role("main").get_by_role("button").count() == 0


def test_axe_finds_nothing_before_and_after_a_click(watched, site):
    page, _asked = watched()
    page.goto(site[1])
    assert not violations(page)
    page.get_by_role("button", name="Show this from YouTube.").first.click()
    allow_always(page, "YouTube")
    assert not violations(page)
    page.goto(site[0] + "/privacy/")
    assert not violations(page)


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_moves_and_nothing_is_too_wide(watched, site, width):
    page, _asked = watched(width=width)
    page.goto(site[1], wait_until="networkidle")
    shift = page.evaluate(
        """() => new Promise((done) => {
            let shift = 0;
            new PerformanceObserver((list) => {
                for (const entry of list.getEntries()) shift += entry.value;
            }).observe({type: "layout-shift", buffered: true});
            requestAnimationFrame(() => requestAnimationFrame(() => done(shift)));
        })"""
    )
    assert shift == 0
    page.evaluate("document.querySelectorAll('.embedded-show').forEach((each) => each.click())")
    assert page.locator("iframe").count() == len(TEN) - 1
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
