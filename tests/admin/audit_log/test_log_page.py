"""The page of the log: who did what, filtered, a page at a time, and as CSV."""

import csv
import datetime as dt
import io

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles.desk import roles
from articles.desk.audit_log import find
from articles.desk.audit_log.find import Asked, all_lines, log_page
from articles.desk.audit_log.log import log_action
from articles.models import LoggedAction
from articles.publishing.steps.withdraw import withdraw
from articles.publishing.stops.embargo import break_embargo
from articles.publishing.stops.legal_hold import lift_hold, place_hold
from tests.builders import make_post, make_section, make_story, make_topic, make_user

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)


def at(hours):
    return NOON + dt.timedelta(hours=hours)


@pytest.fixture
def lines(editor, reporter):
    """An editor renames a topic, a reporter adds a section, and the topic goes a day later."""
    topic = make_topic("Harbour")
    log_action(
        "change",
        topic,
        by=editor,
        changes=[{"field": "name", "from": "Port", "to": "Harbour"}],
        now=at(0),
    )
    log_action("add", make_section("Culture"), by=reporter, now=at(1))
    log_action("delete", topic, by=editor, note="nobody needs it", now=at(24))
    return topic


def names(asked, by):
    return [(line.verb, line.row_name) for line in log_page(asked, by=by).lines]


def test_the_page_tells_who_did_what_and_what_changed(client, administrator, lines):
    client.force_login(administrator)

    page = client.get("/admin/log/").text

    assert "<del>Port</del>" in page
    assert "<ins>Harbour</ins>" in page
    assert page.index("<td>Deleted</td>") < page.index("<td>Added</td>")


def test_each_filter_finds_its_lines(administrator, editor, lines):
    everything = [("delete", "Harbour"), ("add", "Culture"), ("change", "Harbour")]
    of_topic = [everything[0], everything[2]]
    cases = [
        (Asked(), everything),
        (Asked(by=editor.pk), of_topic),
        (Asked(kind="articles.topic"), of_topic),
        (Asked(kind="articles.topic", row=str(lines.pk)), of_topic),
        (Asked(kind="articles.topic", row="0"), []),
        (Asked(verb="add"), everything[1:2]),
        (Asked(since=dt.date(2026, 6, 2)), everything[:1]),
        (Asked(until=dt.date(2026, 6, 1)), everything[1:]),
        (Asked(words="harb nobody"), everything[:1]),
        (Asked(words="reporter"), everything[1:2]),
        (Asked(by=editor.pk, kind="articles.section"), []),
        (Asked(by=editor.pk, kind="articles.topic", verb="delete"), everything[:1]),
        (Asked(by=0 or editor.pk, kind="articles.topic", row=str(lines.pk)), of_topic),
    ]

    for asked, expected in cases:
        assert names(asked, administrator) == expected, asked


def test_pages_follow_each_other_without_a_gap(administrator, editor, monkeypatch):
    monkeypatch.setattr(find, "PER_PAGE", 3)
    for number in range(8):
        # Some at the same moment.
        log_action("change", make_topic(), by=editor, note=str(number), now=at(number // 3))
    seen, before = [], None

    while True:
        page = log_page(Asked(), by=administrator, before=before)
        seen += [line.note for line in page.lines]
        if (before := page.older) is None:
            break

    assert seen == [str(number) for number in reversed(range(8))]


def test_what_no_index_finds_is_looked_for_a_stretch_at_a_time(administrator, editor, monkeypatch):
    monkeypatch.setattr(find, "LOOKED_THROUGH", 5)
    for number in range(12):
        log_action(
            "change", make_topic(), by=editor, note="x" if number else "rare", now=at(number)
        )

    first = log_page(Asked(words="rare"), by=administrator)
    assert (first.lines, first.looked_back_to) == ([], at(7))
    second = log_page(Asked(words="rare"), by=administrator, before=first.older)
    third = log_page(Asked(words="rare"), by=administrator, before=second.older)

    assert [line.note for line in third.lines] == ["rare"]
    assert third.older is None


def test_a_page_costs_the_same_in_a_long_log(
    client, administrator, editor, django_assert_num_queries
):
    client.force_login(administrator)
    client.get("/admin/log/")
    counts = []
    for _round in range(2):
        with django_assert_num_queries(12, exact=False) as asked:
            client.get("/admin/log/?words=nobody&verb=change")
        counts.append(len(asked))
        topic = make_topic()
        shared = {"at": NOON, "by": editor, "by_name": "editor", "verb": "change"}
        LoggedAction.objects.bulk_create(
            LoggedAction(**shared, kind="articles.topic", row=topic.pk, row_name="nobody")
            for _number in range(60)
        )

    assert counts[1] <= counts[0] <= 12


@pytest.mark.parametrize("role", [roles.REPORTER, roles.EDITOR, roles.LAWYER, None])
def test_only_who_may_reads_it(client, role):
    someone = make_user(role)
    client.force_login(someone)

    for read in (log_page, all_lines):
        with pytest.raises(PermissionDenied):
            read(Asked(), by=someone)
    for page in ("/admin/log/", "/admin/log/log.csv"):
        assert client.get(page).status_code == 403


def test_nonsense_is_not_asked(client, administrator, lines):
    client.force_login(administrator)

    queries = [
        *("by=x&kind=nothing&verb=%00&since=yesterday", "before=99999999999", "before=x"),
        *("since=0001-01-01", "until=9999-12-31"),
    ]
    for query in queries:
        for page in ("/admin/log/", "/admin/log/log.csv"):
            assert client.get(f"{page}?{query}").status_code == 200


@pytest.mark.parametrize("sign", ["=", "@", "\uff1d", "\uff20"])
def test_the_csv_has_every_line_that_was_asked_for_and_no_formula(
    client, administrator, editor, sign
):
    client.force_login(administrator)
    log_action("change", make_post(f"{sign}HYPERLINK(1)", slug="s"), by=editor, now=timezone.now())
    log_action("add", make_topic(), by=editor, now=timezone.now())

    answer = client.get("/admin/log/log.csv?kind=articles.post")

    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert [row[2:4] for row in rows[1:]] == [["change", "articles.post"]]
    assert rows[1][5] == f"'{sign}HYPERLINK(1)"


def test_a_name_that_a_stranger_gave_is_told_from_that_of_an_account(client, administrator, editor):
    client.force_login(administrator)
    log_action("approve", make_topic(), by=None, by_name=editor.username)
    log_action("change", make_topic(), by=editor)

    page = client.get("/admin/log/").text
    answer = client.get("/admin/log/log.csv?kind=articles.topic")

    assert page.count("editor (without an account)") == 1
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert [row[1] for row in rows[1:]] == ["editor", "editor (without an account)"]


def test_names_are_shown_as_words_never_as_markup(client, administrator, editor):
    client.force_login(administrator)
    log_action("change", make_topic("<b>bold</b>"), by=editor, note="<script>1</script>")

    page = client.get("/admin/log/").text

    assert "<b>bold" not in page
    assert "<script>1" not in page


def test_fields_and_states_are_said_in_words_on_the_page_and_beside_the_codes(
    client, administrator, editor
):
    client.force_login(administrator)
    moved = [{"field": "status", "from": "kill_asked", "to": "killed"}]
    log_action("kill", make_post(), by=editor, changes=moved, note="An order of the court.")
    passwords = [{"field": name} for name in ("password1", "password2", "usable_password")]
    log_action("change", make_user(), by=editor, changes=passwords)

    page = client.get("/admin/log/").text
    answer = client.get("/admin/log/log.csv?verb=kill")

    assert "kill_asked" not in page
    assert "<ins>Killed</ins>" in page
    assert "An order of the court." in page
    assert page.count("<strong>Password</strong>") == 1
    assert "sable_password" not in page
    [head, row] = csv.reader(io.StringIO(b"".join(answer.streaming_content).decode()))
    said = dict(zip(head, row, strict=True))
    assert (said["what"], said["what, in words"], said["kind, in words"]) == (
        "kill",
        "Killed",
        "Story",
    )
    assert said["changes, in words"].endswith("→ Killed")
    assert said["note"] == "An order of the court."


def test_the_reasons_of_what_stops_a_story_stand_on_the_page_and_in_the_csv(
    client, administrator, editor
):
    client.force_login(administrator)
    story, to_come = make_story(), make_post(status="ready", embargo_open_ended=True)
    place_hold(story, by=editor, note="Reason of the hold.")
    lift_hold(story, by=administrator, note="Reason of the lifting.")
    withdraw(story, by=editor, note="Reason of the withdrawal.")
    break_embargo(to_come, by=administrator, note="Reason of the broken embargo.")

    page = client.get("/admin/log/").text
    answer = client.get("/admin/log/log.csv")

    for said in (page, b"".join(answer.streaming_content).decode()):
        for what in ("hold", "lifting", "withdrawal", "broken embargo"):
            assert f"Reason of the {what}." in said
