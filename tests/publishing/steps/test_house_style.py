"""House style at the steps that let words out: what keeps a story back, and what does not."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from articles.desk import roles
from articles.desk.house_style.house_style import set_rule, words_changed
from articles.desk.workflow import move
from articles.models import Edition, HouseWord, LoggedAction, Post
from articles.publishing.bulk.bulk_publish import bulk_publish
from articles.publishing.steps.hold_back import hold_back_refused
from articles.publishing.steps.publish import publish
from articles.publishing.steps.put_back import put_back
from articles.publishing.steps.readiness import NotReady
from articles.publishing.steps.schedule import schedule
from articles.publishing.steps.withdraw import withdraw
from articles.publishing.stops.embargo import Embargo, break_embargo, set_embargo
from tests.builders import make_post, make_story, make_user, rewrite

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 6, 3, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def with_tk(**fields):
    return make_post(text="<p>He was TK years old.</p>", **fields)


def test_what_the_house_forbids_is_not_published_nor_scheduled(editor):
    post = with_tk()
    for attempt in (
        lambda: publish(post, by=editor, now=NOON),
        lambda: schedule(post, by=editor, at=NOON + HOUR, now=NOON),
        lambda: publish(post, by=None, now=NOON),
    ):
        with pytest.raises(NotReady) as refused:
            attempt()
        assert [(str(line), line.words) for line in refused.value.shortcomings] == [
            ("“TK”: something is still to come here. (paragraph 1)", "TK")
        ]
    assert not Edition.objects.exists()


def test_nor_put_back_nor_published_by_breaking_an_embargo(administrator):
    gone = make_story(at=NOON)
    withdraw(gone, by=None, now=NOON + HOUR)
    rewrite(gone, "He was TK.")
    with pytest.raises(NotReady):
        put_back(gone, by=administrator, now=NOON + 2 * HOUR)

    post = with_tk()
    set_embargo(post, Embargo(open_ended=True), by=None, now=NOON)
    with pytest.raises(NotReady):
        break_embargo(post, by=administrator, note="It is out.", now=NOON)


def test_what_only_warns_is_published(editor):
    set_rule("to_come", level="warn", by=None)
    assert publish(with_tk(), by=editor, now=NOON)


def test_it_can_be_sent_and_approved_for_that_shows_nothing_to_readers(editor):
    post = with_tk(status="draft", created_by=editor)
    move(post, "send_to_review", by=editor)
    move(post, "approve", by=editor)
    post.refresh_from_db()
    assert post.status == Post.Status.READY


@pytest.mark.parametrize(("level", "refused"), [("block", True), ("warn", False)])
def test_a_word_of_the_house_keeps_back_if_it_is_to(editor, level, refused):
    HouseWord.objects.create(wrong="Kiev", right="Kyiv", reason="Since 2019.", level=level)
    words_changed()
    post = make_post(text="<p>In Kiev.</p>")
    if refused:
        with pytest.raises(NotReady, match=r"“Kiev”: write “Kyiv”\. Since 2019\."):
            publish(post, by=editor, now=NOON)
    else:
        assert publish(post, by=editor, now=NOON)


def test_where_words_of_the_house_only_warn_none_keeps_back(editor):
    HouseWord.objects.create(wrong="Kiev", level="block")
    words_changed()
    set_rule("names", level="warn", by=None)
    assert publish(make_post(text="<p>In Kiev.</p>"), by=editor, now=NOON)


def test_a_rule_that_is_changed_leaves_alone_what_is_scheduled_and_live(editor):
    set_rule("to_come", level="warn", by=None)
    live, due = with_tk(), with_tk()
    publish(live, by=editor, now=NOON)
    schedule(due, by=editor, at=NOON + HOUR, now=NOON)

    set_rule("to_come", level="block", by=None)

    assert hold_back_refused(by=editor, now=NOON) == []
    assert Edition.objects.live(NOON + HOUR).count() == 2
    with pytest.raises(NotReady):  # but not again
        schedule(due, by=editor, at=NOON + 2 * HOUR, now=NOON)


def test_archives_and_fixtures_are_not_asked():
    with_tk(status="published", published_at=NOON - HOUR)
    assert bulk_publish(now=NOON) == 1


def test_only_who_has_the_right_sets_a_rule_and_the_log_says_so(editor, administrator):
    with pytest.raises(PermissionDenied):
        set_rule("to_come", level="off", by=editor)
    for role in (roles.REPORTER, roles.PICTURE_EDITOR, roles.LAWYER, None):
        with pytest.raises(PermissionDenied):
            set_rule("to_come", level="off", by=make_user(role))
    assert not LoggedAction.objects.filter(kind="articles.housestyle").exists()

    assert set_rule("to_come", level="off", by=administrator)
    assert not set_rule("to_come", level="off", by=administrator)

    logged = LoggedAction.objects.get(kind="articles.housestyle")
    assert logged.by == administrator
    assert logged.changes == [{"field": "TK and XX", "from": "Keeps from publishing", "to": "Off"}]


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("to_come", {"level": "sometimes"}),
        ("long_headline", {"level": "warn"}),
        ("long_headline", {"level": "warn", "number": 5}),
        ("long_headline", {"level": "warn", "number": 10**9}),
        ("no_topic", {"level": "off", "language": "fr"}),
    ],
)
def test_a_rule_cannot_be_set_to_what_it_cannot_be(code, fields):
    with pytest.raises(ValidationError):
        set_rule(code, by=None, **fields)
