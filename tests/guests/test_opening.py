"""Opening a preview link: what is shown, to whom it is closed, and what the desk learns of it."""

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.desk import roles
from articles.models import PreviewLink
from articles.publishing.preview_links.make import revoke_link
from tests.builders import make_photo, make_post, make_user, rewrite
from tests.guests.links import address, shared

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"


def test_somebody_without_an_account_sees_the_story_on_the_sites_own_page(client, editor):
    _post, link = shared(editor, for_whom="Jane Smith, lawyer")

    page = client.get(address(link))

    assert page.status_code == 200
    assert "Marker words." in page.text
    assert "Preview, not published" in page.text
    assert "PREVIEW: As it will be" in page.text
    assert "Shown to Jane Smith, lawyer." in page.text


def test_the_page_is_kept_nowhere_found_nowhere_and_tells_no_other_site(client, editor):
    _post, link = shared(editor)

    page = client.get(address(link))

    assert page["Cache-Control"] == "private, no-store"
    assert "noindex" in page["X-Robots-Tag"]
    assert page["Referrer-Policy"] == "no-referrer"
    assert '<meta name="robots" content="noindex">' in page.text
    assert 'rel="canonical"' not in page.text
    assert "script-src 'self'" in page["Content-Security-Policy"]
    assert not {"Surrogate-Key", "Cache-Tag", "Set-Cookie", "ETag"} & set(page.headers)
    assert not page.cookies


def test_the_latest_words_are_shown_as_they_are_saved(client, editor):
    post, link = shared(editor)

    rewrite(post, "Second words.")

    assert "Second words." in client.get(address(link)).text


def test_a_link_to_this_version_stays_with_it(client, editor):
    post, link = shared(editor, this_version=True)

    rewrite(post, "Second words.")
    post.headline = "Another headline"
    post.save()
    page = client.get(address(link))

    assert "Marker words." in page.text
    assert "As it will be" in page.text
    assert "Second words." not in page.text
    assert "version 1" in page.text


def test_the_revision_that_a_link_shows_does_not_thin_out(client, editor):
    post, _link = shared(editor, this_version=True)

    assert not post.checkpoints.free_to_go().exists()


def test_pictures_are_shown_by_names_that_nobody_guesses(client, editor):
    post = make_post(photo=make_photo(token="x" * 22))
    _post, link = shared(editor, post)

    assert f"/media/renditions/{'x' * 22}/" in client.get(address(link)).text


def test_every_closed_link_gets_the_same_answer_as_an_address_that_never_was(client, editor):
    _post, link = shared(editor)
    good = address(link)
    client.get(good)
    revoke_link(link, by=editor)

    closed = client.get(good)
    answers = {
        client.get(f"/preview/{token}/").text.replace(token, "")
        for token in (
            link.token,
            link.token[:-1],
            link.key,
            f"{link.key}.",
            "nonsense",
            "%00",
            "x" * 5_000,
            link.token.replace(link.key, "another-key"),
        )
    }

    assert closed.status_code == 410
    assert "This preview is not open" in closed.text
    assert "Marker words." not in closed.text
    assert len(answers) == 1


def close_account(link):
    User.objects.filter(pk=link.made_by_id).update(is_active=False)


def take_away_staff(link):
    User.objects.filter(pk=link.made_by_id).update(is_staff=False)


def take_away_right(link):
    link.made_by.groups.clear()


def remove_account(link):
    PreviewLink.objects.filter(pk=link.pk).update(made_by=None)


def end(link):
    now = timezone.now()
    ended = {"made_at": now - dt.timedelta(days=8), "ends_at": now - dt.timedelta(seconds=1)}
    PreviewLink.objects.filter(pk=link.pk).update(**ended)


def kill(link):
    link.post.status = "killed"
    link.post.save()


def ask_for_a_kill(link):
    link.post.status = "kill_asked"
    link.post.save()


def embargo(link):
    link.post.embargo_until = timezone.now() + dt.timedelta(hours=1)
    link.post.save()


def embargo_without_end(link):
    link.post.embargo_open_ended = True
    link.post.save()


def revoke(link):
    revoke_link(link, by=link.made_by)


CLOSES = [
    *(close_account, take_away_staff, take_away_right, remove_account, end, kill),
    *(ask_for_a_kill, embargo, embargo_without_end, revoke),
]


@pytest.mark.parametrize("close", CLOSES)
@pytest.mark.parametrize("this_version", [False, True])
def test_a_link_is_asked_at_each_opening_whether_it_is_open(client, close, this_version):
    maker = make_user(roles.EDITOR)
    _post, link = shared(maker, this_version=this_version)
    assert "Marker words." in client.get(address(link)).text

    close(link)
    page = client.get(address(link))

    assert page.status_code == 410
    assert "Marker" not in page.text
    assert "As it will be" not in page.text


def test_a_link_opens_under_an_embargo_whose_maker_may_break_it(client, administrator):
    _post, link = shared(administrator)

    embargo(link)

    assert "Marker words." in client.get(address(link)).text


def test_a_reporters_link_stays_open_when_the_story_moves_on(client, reporter):
    post = make_post(text="<p>Marker words.</p>", status="draft", created_by=reporter)
    _post, link = shared(reporter, post)

    post.status = "in_review"
    post.save()

    assert "Marker words." in client.get(address(link)).text


def test_openings_are_counted_and_the_last_are_told_roughly(client, editor):
    _post, link = shared(editor)

    for _time in range(52):
        client.get(address(link), headers={"User-Agent": FIREFOX}, REMOTE_ADDR="203.0.113.7")

    link.refresh_from_db()
    assert link.openings == 52
    assert len(link.last_openings) == 50
    assert link.last_openings[0][1] == "Firefox, Windows"
    assert "203.0.113.7" not in str(link.last_openings)


@pytest.mark.parametrize(
    "headers", [{"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}]
)
def test_what_nobody_reads_is_no_opening(client, editor, headers):
    _post, link = shared(editor)

    assert client.head(address(link)).status_code == 200
    assert client.get(address(link), headers=headers).status_code == 200

    link.refresh_from_db()
    assert link.openings == 0


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options", "trace"])
def test_other_methods_are_refused(client, editor, method):
    _post, link = shared(editor)

    assert getattr(client, method)(address(link)).status_code == 405


def test_a_page_costs_as_much_for_a_long_story_and_many_openings(client, editor):
    _post, link = shared(editor, may_approve=True)
    PreviewLink.objects.update(openings=1_000_000)
    client.get(address(link))

    with CaptureQueriesContext(connection) as asked:
        client.get(address(link))

    assert len(asked) <= 20


def test_the_tokens_of_addresses_stand_in_no_request_log(client, editor, caplog):
    _post, link = shared(editor)

    with caplog.at_level("INFO", logger="newsroom.requests"):
        client.get(address(link))

    assert link.key not in caplog.text
    assert "/preview/-/" in caplog.text
