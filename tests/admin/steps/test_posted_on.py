"""“Posted on” on the desk: refused beside the field, or asked about on the page of the step."""

import pytest
import time_machine

from articles.models import Edition
from tests.admin.filling import errors_of, save
from tests.builders import make_post
from tests.publishing.steps.test_posted_on import LATER, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def step(desk, post, action="publish", **data):
    address = f"/admin/articles/post/{post.pk}/step/{action}/"
    page = desk.get(address)
    return page, desk.post(address, {"seen": page.context["seen"], **data})


@pytest.mark.parametrize("value", ["0026-11-25T10:00", "1500-01-01T00:00", "9999-12-31T23:59"])
def test_a_day_that_no_story_can_have_is_refused_beside_the_field(desk, value):
    page = save(desk, make_post(), published_at=value)

    assert "give the year in four digits" in errors_of(page)
    assert value[:10] in errors_of(page)


def test_the_page_offers_both_and_nothing_is_done_without_an_answer(desk):
    page, answer = step(desk, make_post(published_at=LATER))

    assert page.text.count('type="radio"') == 2
    assert "“Posted on” says 1 Jun 2099, 13:00" in page.text
    assert "Choose one of the two." in answer.text
    assert not Edition.objects.exists()


def test_waiting_schedules_the_story_and_says_so(desk):
    post = make_post(published_at=LATER)

    _page, answer = step(desk, post, meant="wait")

    assert Edition.objects.get().live_from == LATER
    assert "Scheduled for 1 Jun 2099, 13:00." in desk.get(answer.headers["Location"]).text


def test_posting_now_says_now(desk):
    _page, answer = step(desk, make_post(published_at=LATER), meant="now")

    assert Edition.objects.get().published_at == NOW
    assert "Published: readers see it now." in desk.get(answer.headers["Location"]).text


def test_a_schedule_before_that_day_is_asked_about_too(desk):
    post = make_post(published_at=LATER)

    page, answer = step(desk, post, "schedule", day="2026-06-02", time="10:00")
    assert 'value="2099-06-01"' in page.text
    assert "Choose one of the two." in answer.text

    step(desk, post, "schedule", day="2026-06-02", time="10:00", meant="now")
    assert Edition.objects.get().published_at.isoformat() == "2026-06-02T09:00:00+00:00"


def test_a_story_of_the_past_is_asked_nothing(desk):
    page, answer = step(desk, make_post(published_at=NOW.replace(year=2016)))

    assert 'type="radio"' not in page.text
    assert answer.status_code == 302
