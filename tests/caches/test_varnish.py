"""Behind Varnish, which keeps pages for ten minutes unless it is told to forget them."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from articles.models import Breaking, PreviewLink
from articles.publishing.editions.edition import MAY_BE_AHEAD
from articles.publishing.kill.ask import ask_kill
from articles.publishing.kill.kill import kill
from articles.publishing.outbox import sender
from articles.publishing.outbox.sender import SETTLING_TIME, send_due
from articles.publishing.preview_links.make import make_link as share
from articles.publishing.steps.banners import put_up, take_down
from articles.publishing.steps.cancel_schedule import cancel_schedule
from articles.publishing.steps.publish import publish
from articles.publishing.steps.put_back import put_back
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.withdraw import withdraw
from articles.publishing.stops.embargo import Embargo, set_embargo
from articles.publishing.stops.legal_hold import place_hold
from tests.builders import make_link, make_post, make_story, make_user, rewrite

from . import servers
from .servers import Front, free_port, poll
from .watching import (
    address_of,
    assert_exact,
    assert_made_once,
    assert_new_to_the_first_who_asks,
    draft_address,
    watch,
    whole_second_in,
)

SOON = timedelta(seconds=4)


@pytest.fixture(scope="module")
def behind(tmp_path_factory, database_url):
    """A site whose pages may be kept for ten minutes, and the cache in front of it."""
    folder, port = tmp_path_factory.mktemp("varnish"), free_port()
    environment = {
        "NEWSROOM_SHARED_CACHE_SECONDS": "600",
        "NEWSROOM_PURGE": f"varnish://127.0.0.1:{port}",
    }
    with (
        servers.site(folder, database_url, **environment) as site,
        servers.varnish(folder, site, port=port),
    ):
        yield site, Front(port)


@pytest.fixture
def site(behind):
    return behind[0]


@pytest.fixture
def front(behind):
    """The cache, which this process tells what to forget."""
    settings.PURGE = [f"varnish://127.0.0.1:{behind[1].port}"]
    return behind[1]


def test_a_page_is_kept(front, site):
    address = address_of(make_story("Kept (Varnish)"))

    for _ in range(3):
        assert "Kept (Varnish)" in front.ask(address)[2]

    assert site.times(address) == [200]


def test_a_story_that_is_published_is_there_at_once(front, site):
    post = make_post("Published at once")
    address = draft_address(post)
    assert front.ask(address)[0] == 404
    assert front.ask(address)[0] == 404
    assert site.times(address) == [404]
    assert "Published at once" not in front.ask("/")[2]

    publish(post, by=None)

    assert front.ask(address)[0] == 200
    for page in ("/", "/latest/", "/sections/politics/", "/feeds/rss.xml"):
        assert "Published at once" in front.ask(page)[2], page


def test_an_update_is_seen_at_once_on_every_page_that_shows_the_story(front):
    post = make_story("Before the update", topics=["Syria"], text="<p>First words.</p>")
    linking = make_post("Links to it")
    make_link(linking, post)
    publish(linking, by=None)
    pages = [address_of(linking), "/", "/topics/syria/"]
    for page in pages:
        assert "Before the update" in front.ask(page)[2]
    assert "First words." in front.ask(address_of(post))[2]
    rewrite(post, "Second words.")
    post.headline = "After the update"
    post.save()

    publish(post, by=None)

    assert "Second words." in front.ask(address_of(post))[2]
    for page in pages:
        assert "After the update" in front.ask(page)[2]
        assert "Before the update" not in front.ask(page)[2]


def test_a_withdrawn_story_is_gone_at_once_and_back_at_once(front):
    post = make_story("Withdrawn by hand")
    address = address_of(post)
    assert front.ask(address)[0] == 200

    withdraw(post, by=None)
    assert front.ask(address)[0] == 410
    assert "Withdrawn by hand" not in front.ask("/")[2]

    put_back(post, by=None)
    assert front.ask(address)[0] == 200


def test_a_killed_story_is_gone_from_every_kept_page_at_once(front):
    post = make_story("Killed by two", topics=["Killed things"])
    pages = ["/", "/latest/", "/topics/killed-things/", "/feeds/rss.xml", "/search/?q=killed"]
    address = address_of(post)
    for page in (address, *pages):
        assert "Killed by two" in front.ask(page)[2], page
    one, other = (make_user(role=None, is_superuser=True) for _ in range(2))

    ask_kill(post, by=one, reason="An order.", words="Removed for legal reasons.")
    kill(post, by=other)

    assert front.ask(address)[0] == 410
    assert "Removed for legal reasons." in front.ask(address)[2]
    for page in pages:
        assert "Killed by two" not in front.ask(page)[2], page


def test_a_withdrawn_story_leads_to_the_one_in_its_place_until_it_is_put_back(front):
    post, other = make_story("Led elsewhere"), make_story("In its place")
    address = address_of(post)
    assert front.ask(address)[0] == 200
    withdraw(post, by=None, replacement=other)
    assert front.ask(address)[0] == 301
    put_back(post, by=None)
    assert front.ask(address)[0] == 200


def test_a_page_that_has_nothing_to_do_with_a_change_is_kept(front, site):
    own = address_of(make_story("Left alone", section="World", topics=["Far away"]))
    front.ask(own)

    make_story("Elsewhere", section="Culture", topics=["Near by"])

    front.ask(own)
    assert site.times(own) == [200]


def test_a_scheduled_story_is_there_from_its_second_on_and_never_before(front):
    post = make_post("Embargoed (Varnish)")
    linking = make_post("Links to the embargoed (Varnish)")
    make_link(linking, post)
    publish(linking, by=None)
    moment = whole_second_in(SOON)
    address = draft_address(post, moment)
    pages = {
        address: lambda status, text: status == 200,
        address_of(linking): lambda status, text: address in text,
        "/": lambda status, text: "Embargoed (Varnish)" in text,
    }
    for page in pages:
        front.ask(page)
    schedule(post, by=None, at=moment)
    assert_exact(front, pages, moment)


def test_a_scheduled_withdrawal_happens_at_its_second(front):
    post = make_story("To be withdrawn (Varnish)")
    moment = whole_second_in(SOON)
    pages = {
        address_of(post): lambda status, text: status == 410,
        "/": lambda status, text: "To be withdrawn (Varnish)" not in text,
    }
    for page in pages:
        front.ask(page)
    withdraw(post, by=None, at=moment)
    assert_exact(front, pages, moment)


def test_a_page_that_nobody_asked_for_meanwhile_is_new_at_its_moment(front):
    post = make_story("Rarely read (Varnish)", text="<p>First words.</p>")
    rewrite(post, "Second words.")
    moment = whole_second_in(SOON)
    schedule(post, by=None, at=moment)

    assert_new_to_the_first_who_asks(front, address_of(post), "First words.", moment)


def test_what_is_cancelled_does_not_happen(front):
    post = make_post("Cancelled")
    # What begins within a few seconds counts as begun, whatever the clocks of other machines say.
    moment = whole_second_in(SOON + MAY_BE_AHEAD)
    address = draft_address(post, moment)
    schedule(post, by=None, at=moment)
    front.ask(address)

    cancel_schedule(post, by=None)

    seen = watch(front, address, until=moment.timestamp() + 0.5)
    assert {status for _asked, _answered, status, _text in seen} == {404}


@pytest.mark.parametrize("stop", ["embargo", "hold"])
def test_what_is_stopped_before_its_second_is_seen_by_nobody(front, stop):
    post = make_post(f"Stopped by {stop}")
    moment = whole_second_in(SOON + MAY_BE_AHEAD)
    address = draft_address(post, moment)
    schedule(post, by=None, at=moment)
    front.ask(address)
    front.ask("/")

    if stop == "embargo":
        set_embargo(post, Embargo(open_ended=True), by=None)
    else:
        place_hold(post, by=None, note="A letter came.")

    seen = watch(front, address, until=moment.timestamp() + 0.5)
    assert {status for _asked, _answered, status, _text in seen} == {404}
    assert f"Stopped by {stop}" not in front.ask("/")[2]


def test_a_preview_link_is_kept_by_no_cache_and_closes_with_an_embargo_at_once(front, site):
    post = make_post("Shown to few")
    address = f"/preview/{share(post, by=make_user(role=None, is_superuser=True)).token}/"
    for _ in range(2):
        assert "Shown to few" in front.ask(address)[2]
    assert site.times(address) == [200, 200]
    PreviewLink.objects.update(made_by=make_user())

    set_embargo(post, Embargo(open_ended=True), by=None)

    status, _headers, text = front.ask(address)
    assert (status, "Shown to few" in text) == (410, False)


def test_a_breaking_banner_is_on_every_page_at_once_and_off_at_once(front):
    story = make_story("What breaks")
    other = address_of(make_story("Another page"))
    front.ask(other)
    banner = Breaking(text="It broke", post=story, live_until=timezone.now() + 100 * SOON)
    editor = make_user()

    put_up(banner, by=editor, now=timezone.now())
    assert "It broke" in front.ask(other)[2]
    take_down(banner, by=editor, now=timezone.now())
    assert "It broke" not in front.ask(other)[2]


def test_a_change_that_the_cache_was_not_told_of_is_told_by_the_next_run(front, monkeypatch):
    post = make_story("Not heard", text="<p>First words.</p>")
    front.ask(address_of(post))
    rewrite(post, "Second words.")
    with monkeypatch.context() as away:
        away.setattr(sender, "send_immediately", lambda keys: None)
        publish(post, by=None)
    assert "First words." in front.ask(address_of(post))[2]

    send_due(now=timezone.now() + SETTLING_TIME)

    assert "Second words." in front.ask(address_of(post))[2]


def test_a_cold_page_that_thirty_readers_ask_for_together_is_made_once(front, site):
    assert_made_once(front, site, address_of(make_story("Asked by many (Varnish)")) + "?slow")


def test_readers_are_sent_no_cookie_no_keys_and_vary_by_encoding_alone(front):
    for address in ("/", "/latest/", "/feeds/rss.xml", "/2016/12/13/nothing/"):
        _status, headers, _text = front.ask(address)
        assert "set-cookie" not in headers
        assert headers.get("vary", "Accept-Encoding") == "Accept-Encoding"
        assert "surrogate-key" not in headers
        assert "cache-tag" not in headers
        assert headers["cache-control"] == "public, max-age=0, must-revalidate"


def test_who_has_a_session_passes_the_cache_and_leaves_nothing_in_it(front, site):
    address = address_of(make_story("For staff (Varnish)"))
    front.ask(address)

    for _ in range(2):
        _status, headers, _text = front.ask(address, Cookie="theme=dark; sessionid=abc")
        assert headers["cache-control"] == "private, no-store"
    assert site.times(address) == [200, 200, 200]

    front.ask(address, Cookie="theme=dark")
    assert site.times(address) == [200, 200, 200]


def test_the_desk_is_never_kept(front, site):
    for _ in range(2):
        _status, headers, _text = front.ask("/admin/login/")
        assert "no-store" in headers["cache-control"]
        assert "private" in headers["cache-control"]

    assert site.times("/admin/login/") == [200, 200]


def test_an_address_that_says_nothing_of_its_lifetime_is_not_kept(front, site):
    for _ in range(2):
        assert "cache-control" not in front.ask("/latest")[1]

    assert site.times("/latest") == [301, 301]


def test_readers_cannot_make_the_cache_forget(front, site):
    address = address_of(make_story("Not forgotten"))
    front.ask(address)

    from_outside = {"Surrogate_Key": "site", "X_Forwarded_Proto": "https"}
    assert front.ask("/", method="PURGE", **from_outside)[0] == 405
    assert front.ask("/", method="PURGE", Surrogate_Key="x || obj.status == 200")[0] == 400
    front.ask(address)
    assert site.times(address) == [200]


def test_a_page_that_was_renewed_by_a_304_still_knows_its_keys(tmp_path, database_url):
    port = free_port()
    environment = {
        "NEWSROOM_SHARED_CACHE_SECONDS": "2",
        "NEWSROOM_PURGE": f"varnish://127.0.0.1:{port}",
    }
    settings.PURGE = [environment["NEWSROOM_PURGE"]]
    post = make_story("Renewed", text="<p>First words.</p>")
    address, front = address_of(post), Front(port)
    with (
        servers.site(tmp_path, database_url, **environment) as site,
        servers.varnish(tmp_path, site, port=port),
    ):
        poll(lambda: front.ask(address) and 304 in site.times(address))
        rewrite(post, "Second words.")

        publish(post, by=None)

        assert "Second words." in front.ask(address)[2]


def test_varnish_behind_nginx_is_as_exact_and_takes_no_purge_from_readers(
    behind, front, site, tmp_path
):
    post = make_story("Behind both", text="<p>First words.</p>")
    address, outer = address_of(post), Front(free_port())
    with servers.nginx(tmp_path, front.port, port=outer.port, keeping=False):
        _status, headers, text = outer.ask(address)
        assert "First words." in text
        assert outer.ask(address, If_None_Match=headers["etag"])[0] == 304
        assert outer.ask("/", method="PURGE", Surrogate_Key="site")[0] == 405
        outer.ask(address)
        assert site.times(address) == [200]

        rewrite(post, "Second words.")
        publish(post, by=None)
        assert "Second words." in outer.ask(address)[2]
        withdraw(post, by=None)
        assert outer.ask(address)[0] == 410
