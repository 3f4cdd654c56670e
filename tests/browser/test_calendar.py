"""Moving stories in the calendar, and a start page that moves by itself, in a real browser."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles.desk import roles as names
from articles.desk.planning.plan_story import plan_story
from articles.models import Plan
from articles.publishing.dates import starts
from articles.publishing.steps.schedule import schedule
from tests.builders import make_post

from .accessibility import violations
from .desk import complaints, sign_in

CALENDAR = "/admin/calendar/"


@pytest.fixture
def editor(desk_server, open_page, roles):
    return sign_in(open_page(height=1400), desk_server, names.EDITOR, "editor")


def noon(days):
    """Twelve o'clock of the day so many days after today."""
    day = timezone.localdate() + dt.timedelta(days=days)
    return starts(day) + dt.timedelta(hours=12)


def show_month(page, moment):
    page.goto(f"{page.base}{CALENDAR}?view=month&day={moment:%Y-%m-%d}")


def day(page, moment):
    return page.locator(f'[data-day="{moment:%Y-%m-%d}"]')


def test_a_scheduled_story_is_dragged_to_another_day(editor):
    old, new = noon(8), noon(9)
    schedule(post := make_post("Floods"), by=None, at=old)
    show_month(editor, old)

    day(editor, old).locator(".cal-entry").drag_to(day(editor, new))

    expect(editor.locator(".messagelist")).to_contain_text("“Floods” was moved from")
    expect(day(editor, new)).to_contain_text("Floods")
    assert post.editions.get().live_from == new
    assert complaints(editor) == []


def test_a_plan_without_a_day_is_dragged_onto_one(editor):
    plan = Plan.objects.create(post=make_post("Some day", status="planned"))
    show_month(editor, noon(8))

    editor.locator(".cal-undated .today-row").drag_to(day(editor, noon(9)))

    expect(editor.locator(".messagelist")).to_contain_text("“Some day” is due")
    expect(day(editor, noon(9))).to_contain_text("Some day")
    plan.refresh_from_db()
    assert plan.due_at == noon(9)
    assert complaints(editor) == []


def test_what_the_embargo_forbids_is_not_moved_and_the_page_says_why(editor):
    old, new = noon(9), noon(8)
    schedule(post := make_post("Budget", embargo_until=old), by=None, at=old)
    show_month(editor, old)

    day(editor, old).locator(".cal-entry").drag_to(day(editor, new))

    expect(editor.get_by_role("alert")).to_contain_text("embargoed until")
    assert post.editions.get().live_from == old
    assert not violations(editor)


def test_nothing_is_moved_to_a_day_that_has_passed_and_the_page_says_so(editor):
    today = noon(0)
    schedule(post := make_post("Floods"), by=None, at=timezone.now() + dt.timedelta(minutes=2))
    show_month(editor, today)

    day(editor, today).locator(".cal-entry").drag_to(day(editor, noon(-1)))

    expect(editor.locator("#cal-said")).to_contain_text("That day has passed")
    assert post.editions.get().live_from > timezone.now()


def test_a_plan_is_moved_by_keyboard_alone(editor):
    old, new = noon(8), noon(9)
    plan_story(slug_line="Harbour strike", by=None, due_at=old)
    show_month(editor, old)

    editor.get_by_role("link", name="Move Harbour strike").press("Enter")
    expect(editor.locator("#id_day")).to_be_focused()
    editor.locator("#id_day").fill(f"{new:%Y-%m-%d}")
    editor.keyboard.press("Enter")

    expect(editor.locator(".messagelist")).to_contain_text("“Harbour strike” was moved")
    expect(editor.get_by_role("link", name="Harbour strike", exact=True)).to_be_focused()
    assert Plan.objects.get().due_at == new


def test_on_a_phone_a_story_is_moved_without_dragging(desk_server, open_page, roles):
    page = sign_in(open_page(width=360), desk_server, names.EDITOR, "editor")
    schedule(make_post("Floods"), by=None, at=noon(8))
    show_month(page, noon(8))

    page.get_by_role("link", name="Move Floods").click()

    expect(page.get_by_role("button", name="Move it there")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert not violations(page)


def test_the_start_page_shows_what_a_colleague_did_meanwhile(editor):
    editor.clock.install()
    editor.goto(f"{editor.base}/admin/")
    expect(editor.locator(".today-waits")).to_contain_text("Nothing is waiting for you.")

    make_post("Floods", status="in_review")
    editor.clock.run_for(31_000)

    expect(editor.locator(".today-waits")).to_contain_text("Floods")
    assert complaints(editor) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_full_start_page_and_calendar(desk_server, open_page, roles, scheme):
    page = sign_in(open_page(color_scheme=scheme), desk_server, names.EDITOR, "editor")
    for status in ("draft", "in_review", "ready"):
        make_post(status, status=status)
    plan_story(slug_line="Plan", by=None, due_at=timezone.now() + dt.timedelta(minutes=2))
    schedule(make_post("Soon"), by=None, at=timezone.now() + dt.timedelta(minutes=1))
    for path in ("/admin/", CALENDAR, f"{CALENDAR}?view=month"):
        page.goto(page.base + path)
        assert not violations(page), path
