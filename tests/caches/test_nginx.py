"""Behind nginx, which nobody tells anything: it shows a page for four seconds at most."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.publishing.kill.ask import ask_kill
from articles.publishing.kill.kill import kill
from articles.publishing.steps.publish import publish
from articles.publishing.steps.put_back import put_back
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.withdraw import withdraw
from tests.builders import make_link, make_post, make_story, make_user, rewrite

from . import servers
from .servers import Front, free_port, poll
from .watching import (
    address_of,
    assert_exact,
    assert_made_once,
    assert_new_to_the_first_who_asks,
    draft_address,
    whole_second_in,
)

SHOWN_FOR = 4  # seconds
COUNTED = 1  # nginx lets the last second pass
SOON = timedelta(seconds=SHOWN_FOR + 2)


@pytest.fixture(scope="module")
def behind(tmp_path_factory, database_url):
    folder, port = tmp_path_factory.mktemp("nginx"), free_port()
    with (
        servers.site(folder, database_url, NEWSROOM_SHARED_CACHE_SECONDS=str(SHOWN_FOR)) as site,
        servers.nginx(folder, site.port, port=port),
    ):
        yield site, Front(port)


@pytest.fixture
def site(behind):
    return behind[0]


@pytest.fixture
def front(behind):
    return behind[1]


def seen_in_time(front, address, is_new):
    """Whether nobody who asks later than a page may be shown is still shown the old one."""
    changed_at, old = time.monotonic(), []

    def ask():
        asked_at = time.monotonic()
        if not is_new(*front.ask(address)[::2]):
            old.append(asked_at)
            return False
        return True

    poll(ask)
    return all(asked_at - changed_at <= SHOWN_FOR + COUNTED for asked_at in old)


def test_a_page_is_kept(front, site):
    address = address_of(make_story("Kept (nginx)"))

    for _ in range(3):
        assert "Kept (nginx)" in front.ask(address)[2]

    assert site.times(address) == [200]


def test_what_nobody_scheduled_is_seen_within_the_seconds_set(front):
    post = make_post("By hand (nginx)", text="<p>First words.</p>")
    address = draft_address(post)
    assert front.ask(address)[0] == 404

    publish(post, by=None)
    assert seen_in_time(front, address, lambda status, text: "First words." in text)
    rewrite(post, "Second words.")
    publish(post, by=None)
    assert seen_in_time(front, address, lambda status, text: "Second words." in text)
    withdraw(post, by=None)
    assert seen_in_time(front, address, lambda status, text: status == 410)
    put_back(post, by=None)
    assert seen_in_time(front, address, lambda status, text: status == 200)


def test_no_word_of_a_killed_story_is_seen_after_the_seconds_set(front):
    post = make_story("Killed by two (nginx)", text="<p>Killed words.</p>")
    pages = [address_of(post), "/", "/latest/", "/feeds/rss.xml"]
    for page in pages:
        # nginx may hold what it was asked for a second ago.
        assert seen_in_time(front, page, lambda status, text: "Killed by two (nginx)" in text), page
    one, other = (make_user(role=None, is_superuser=True) for _ in range(2))

    ask_kill(post, by=one, reason="An order.", words="Removed.")
    kill(post, by=other)

    for page in pages:
        assert seen_in_time(front, page, lambda status, text: "Killed" not in text), page


def test_a_scheduled_story_is_there_from_its_second_on_and_never_before(front):
    post = make_post("Embargoed (nginx)")
    linking = make_post("Links to the embargoed (nginx)")
    make_link(linking, post)
    publish(linking, by=None)
    moment = whole_second_in(SOON)
    address = draft_address(post, moment)
    schedule(post, by=None, at=moment)
    assert_exact(
        front,
        {
            address: lambda status, text: status == 200,
            address_of(linking): lambda status, text: address in text,
            "/": lambda status, text: "Embargoed (nginx)" in text,
        },
        moment,
    )


def test_a_scheduled_update_and_withdrawal_happen_at_their_second(front):
    post = make_story("Rewritten on time (nginx)", text="<p>First words.</p>")
    address = address_of(post)
    rewrite(post, "Second words.")
    moment = whole_second_in(SOON)
    schedule(post, by=None, at=moment)
    assert_exact(front, {address: lambda status, text: "Second words." in text}, moment)
    moment = whole_second_in(SOON)
    withdraw(post, by=None, at=moment)
    assert_exact(front, {address: lambda status, text: status == 410}, moment)


def test_a_page_that_nobody_asked_for_meanwhile_is_new_at_its_moment(front):
    post = make_story("Rarely read (nginx)", text="<p>First words.</p>")
    rewrite(post, "Second words.")
    moment = whole_second_in(SOON)
    schedule(post, by=None, at=moment)

    assert_new_to_the_first_who_asks(front, address_of(post), "First words.", moment)


def test_a_cold_page_that_thirty_readers_ask_for_together_is_made_once(front, site):
    assert_made_once(front, site, address_of(make_story("Asked by many (nginx)")) + "?slow")


def test_readers_are_sent_no_cookie_and_vary_by_encoding_alone(front):
    for address in ("/", "/latest/", "/feeds/rss.xml", "/2016/12/13/nothing/"):
        _status, headers, _text = front.ask(address)
        assert "set-cookie" not in headers
        assert headers.get("vary", "Accept-Encoding") == "Accept-Encoding"


def test_who_has_a_session_passes_the_cache_and_leaves_nothing_in_it(front, site):
    first, kept = (address_of(make_story(f"For staff (nginx {name})")) for name in "ab")
    front.ask(kept)

    for address in (first, kept):
        _status, headers, _text = front.ask(address, Cookie="theme=dark; sessionid=abc")
        assert headers["cache-control"] == "private, no-store"
        front.ask(address)

    assert site.times(first) == [200, 200]
    assert site.times(kept) == [200, 200]


def test_a_stranger_is_not_told_which_parts_are_away(front):
    stranger = "127.0.0.2"

    for address in ("/readyz", "//readyz", "/%72eadyz", "/topics/../readyz"):
        assert front.ask(address, source=stranger)[0] in {403, 404}, address
    assert front.ask("/readyz", source=stranger)[0] == 403
    assert front.ask("/healthz", source=stranger)[0] == 200
    _status, headers, text = front.ask("/readyz")
    assert '"database": true' in text
    assert "no-store" in headers["cache-control"]


def test_the_desk_is_never_kept(front, site):
    for _ in range(2):
        front.ask("/admin/login/")

    assert site.times("/admin/login/") == [200, 200]


def test_while_the_site_is_away_pages_are_shown_but_never_past_a_scheduled_moment(
    tmp_path, database_url
):
    port = free_port()
    environment = {"NEWSROOM_SHARED_CACHE_SECONDS": "2"}
    front, story = Front(port), make_story("To be withdrawn (nginx)")
    site = servers.site(tmp_path, database_url, **environment)
    with site as site, servers.nginx(tmp_path, site.port, port=port):
        moment = timezone.now() + timedelta(seconds=8)
        withdraw(story, by=None, at=moment)
        assert front.ask(address_of(story))[0] == 200
        servers.stop(site.server)

        while timezone.now() < moment - timedelta(seconds=2):
            assert front.ask(address_of(story))[0] == 200
            time.sleep(0.05)
        poll(lambda: timezone.now() >= moment)
        assert front.ask(address_of(story))[0] in {502, 504}
