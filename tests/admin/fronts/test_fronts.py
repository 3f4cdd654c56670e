"""Editors shape fronts: in a draft, saved as a whole, put live in one step."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Breaking, Placement
from tests.admin.forms import _sent
from tests.builders import make_post, make_section, make_story, make_user
from tests.public.addresses import HOUR, NOON, SECOND
from tests.public.pages.test_front import headlines, make_stories, pin

pytestmark = pytest.mark.django_db

HOME = "/admin/articles/placement/home/"
COMPARE = f"{HOME}compare/"
DRAFT = f"{HOME}draft/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def desk(client, editor):
    """A browser in which an editor is signed in."""
    client.force_login(editor)
    return client


def filled(client, address=HOME):
    """What a browser sends when the screen of a front is sent as it is shown."""
    screen = client.get(address).context["screen"]
    data = {"seen": str(screen.seen)}
    for form in (screen.formset.management_form, *screen.formset.forms):
        for bound in form:
            data |= _sent(bound)
    return data


def line(data, slot, *, pinned=False):
    """The name of the line of the form in a slot: its first pin, or its empty line."""
    return next(
        name.removesuffix("-slot")
        for name, value in data.items()
        if name.endswith("-slot")
        and value == str(slot)
        and bool(data.get(name.replace("-slot", "-post"))) == pinned
    )


def pinned(data, place, story, **fields):
    """The form with a story typed into the empty line of a slot."""
    name = line(data, place)
    return data | {f"{name}-post": str(story.pk)} | {f"{name}-{k}": v for k, v in fields.items()}


def save(client, data, address=HOME, button="_save"):
    return client.post(address, data | {button: "1"}, follow=True)


def test_a_pin_is_saved_in_the_draft_and_readers_see_it_when_it_is_put_live(desk, clock):
    stories = make_stories(4)

    save(desk, pinned(filled(desk), 1, stories[3]))
    assert headlines(desk)[0] == "Politics 1"
    assert headlines(desk, DRAFT)[0] == "Politics 4"
    clock.shift(HOUR)
    desk.post(HOME, {"_live": "1", "seen": "1"})

    assert headlines(desk)[0] == "Politics 4"
    assert Placement.objects.get().live_from == NOON + HOUR


def test_saving_can_put_it_live_at_once(desk):
    stories = make_stories(4)

    save(desk, pinned(filled(desk), 2, stories[3]), button="_save_live")

    assert headlines(desk)[:2] == ["Politics 1", "Politics 4"]


def test_the_screen_says_what_is_pinned_and_what_fills_by_itself(desk):
    stories = make_stories(3)
    pin(stories[2], 2)

    slots = desk.get(HOME).context["screen"].slots

    assert [(slot.live.headline, slot.live_label) for slot in slots[:3]] == [
        ("Politics 1", "Fills by itself"),
        ("Politics 3", "Pinned"),
        ("Politics 2", "Fills by itself"),
    ]
    assert slots[3].live_label == "Empty"


def test_a_story_that_is_not_live_waits_until_it_is_published(desk):
    make_stories(1)

    answer = save(desk, pinned(filled(desk), 1, make_post("Not yet")))

    assert "Waits until it is published" in answer.text
    assert headlines(desk, DRAFT) == ["Politics 1"]


def test_a_pin_for_an_interval_comes_and_goes_to_the_second(desk, clock):
    stories = make_stories(3)
    # The newsroom is in London, an hour before UTC in June.
    times = {"live_from": "2026-06-01T14:00", "live_until": "2026-06-01T15:00"}
    save(desk, pinned(filled(desk), 1, stories[2], **times), button="_save_live")
    leads = []

    for moment in (HOUR - SECOND, HOUR, 2 * HOUR - SECOND, 2 * HOUR):
        clock.move_to(NOON + moment)
        leads.append(headlines(desk)[0])

    assert leads == ["Politics 1", "Politics 3", "Politics 3", "Politics 1"]


def test_a_draft_is_previewed_at_a_chosen_moment_and_kept_out_of_caches(desk):
    stories = make_stories(3)
    save(desk, pinned(filled(desk), 1, stories[2], live_from="2026-06-01T14:00"))

    assert headlines(desk, DRAFT)[0] == "Politics 1"
    assert headlines(desk, f"{DRAFT}?at=2026-06-01T14:00")[0] == "Politics 3"
    answer = desk.get(DRAFT)
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert "readers do not see this page" in answer.text
    assert desk.get(f"{DRAFT}?at=nonsense").status_code == 404


def test_a_pinned_story_is_moved_by_its_number_and_unpinned(desk):
    stories = make_stories(4)
    pin(stories[3], 1)
    pin(stories[2], 2)
    data = filled(desk)
    moved, gone = line(data, 1, pinned=True), line(data, 2, pinned=True)

    save(desk, data | {f"{moved}-slot": "3", f"{gone}-remove": "on"}, button="_save_live")

    assert headlines(desk)[:4] == ["Politics 1", "Politics 2", "Politics 4", "Politics 3"]


def test_the_buttons_beside_a_slot_work_without_a_script(desk):
    stories = make_stories(4)
    pin(stories[3], 1)
    pin(stories[2], 2)

    desk.post(HOME, filled(desk) | {"_move": "2:1"})
    assert headlines(desk, DRAFT)[:2] == ["Politics 3", "Politics 4"]
    desk.post(HOME, filled(desk) | {"_keep": f"4:{stories[1].pk}"})

    assert Placement.objects.get(draft=True, slot=4).post == stories[1]


def test_without_a_script_a_story_is_named_by_its_number_or_address(desk):
    stories = make_stories(3)
    data = filled(desk)
    typed = {
        f"{line(data, 1)}-typed": str(stories[2].pk),
        f"{line(data, 2)}-typed": f"http://testserver{stories[1].editions.get().get_absolute_url()}",
    }

    save(desk, data | typed)
    assert headlines(desk, DRAFT)[:2] == ["Politics 3", "Politics 2"]
    wrong = save(desk, filled(desk) | {f"{line(data, 5)}-typed": "/2026/02/31/nothing/"})

    assert "There is no story" in wrong.text


@pytest.mark.parametrize(
    ("times", "said"),
    [
        ({"live_until": "2026-06-01T12:59"}, "before it comes"),
        ({"live_from": "2026-06-01T15:00", "live_until": "2026-06-01T14:00"}, "before it comes"),
        ({"live_from": "soon"}, "Write a day and a time"),
        ({"live_from": "2026-10-25T01:30"}, "happens twice"),
        ({"post": "999999"}, "There is no such story"),
        ({"slot": "16"}, "less than or equal to 15"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(desk, times, said):
    stories = make_stories(2)
    data = filled(desk)

    answer = save(desk, pinned(data, 3, stories[1], **times))

    assert said in answer.text
    assert not Placement.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"pins-TOTAL_FORMS": "x"},
        {"pins-0-slot": "99", "pins-0-post": "1"},
        {"pins-0-post": "9" * 30},
        {"pins-0-typed": "\0"},
        {"pins-0-typed": "http://[/2026/01/01/a/"},
        {"pins-0-live_from": "9999-12-31T23:59"},
        {"_move": "1:99999999999"},
        {"_move": "²:1"},
        {"_keep": f"1:{'9' * 30}"},
        {"seen": "nonsense"},
    ],
)
def test_nonsense_sent_by_hand_is_refused_and_changes_nothing(desk, sent):
    counted = {"pins-TOTAL_FORMS": "1", "pins-INITIAL_FORMS": "1", "pins-0-slot": "1", "seen": "0"}

    answer = save(desk, (counted if sent else {}) | sent)

    assert answer.status_code == 200
    assert not Placement.objects.exists()


def test_two_stories_in_one_slot_at_once_and_one_story_twice_are_refused(desk):
    stories = make_stories(3)
    pin(stories[0], 1)
    data = pinned(filled(desk), 2, stories[1])

    twice = save(desk, pinned(data, 3, stories[1]))
    both = save(desk, pinned(data, 1, stories[2]))
    later = save(desk, pinned(data, 1, stories[2], live_from="2026-06-01T14:00"))

    assert "pinned twice at once" in twice.text
    assert "both pinned to slot 1" in both.text
    assert "The draft is saved" in later.text


def test_of_two_editors_at_one_front_the_second_is_told_and_loses_nothing(desk):
    stories = make_stories(4)
    colleague = type(desk)()
    colleague.force_login(make_user(first_name="Anna", last_name="Brown"))
    mine, theirs = filled(desk), filled(colleague)
    save(colleague, pinned(theirs, 1, stories[3]))

    answer = save(desk, pinned(mine, 1, stories[2]))
    assert "Anna Brown changed this front" in answer.text
    assert headlines(desk, DRAFT)[0] == "Politics 4"
    refused = desk.post(HOME, {"_live": "1", "seen": "0"}, follow=True)
    assert "Anna Brown changed this front" in refused.text
    assert headlines(desk)[0] == "Politics 1"
    desk.post(HOME, pinned(mine, 1, stories[2]) | {"_over": "1"})

    assert headlines(desk, DRAFT)[0] == "Politics 3"


def test_the_comparison_says_in_words_what_changes(desk):
    stories = make_stories(18)
    save(desk, pinned(pinned(filled(desk), 1, stories[17]), 2, stories[4]))

    lines = desk.get(COMPARE).context["lines"]

    assert (lines[0].leaves, lines[0].comes) == ("Moves to slot 3", "New on this front")
    assert (lines[1].leaves, lines[1].comes) == ("Moves to slot 4", "Comes from slot 5")
    assert lines[14].leaves == "Leaves the front"
    assert [line.slot.number for line in lines if not line.is_change] == []


def test_the_draft_begins_again_from_live(desk):
    stories = make_stories(3)
    pin(stories[1], 1)
    save(desk, pinned(filled(desk), 2, stories[2]))

    desk.post(HOME, {"_again": "1", "seen": "1"})

    assert [pin.post for pin in Placement.objects.filter(draft=True)] == [stories[1]]


def test_a_preview_at_a_moment_leads_on_to_older_stories_at_that_moment(desk):
    make_stories(25)
    address = f"/admin/articles/placement/{make_section('Politics').pk}/draft/"

    older = desk.get(f"{address}?at=2026-06-01T14:00").context["page"].older_url

    assert older.startswith(f"{address}?at=2026-06-01T14%3A00&before=")
    assert desk.get(older).status_code == 200


def test_a_section_has_a_screen_of_its_own(desk):
    stories = make_stories(3)
    address = f"/admin/articles/placement/{make_section('Politics').pk}/"

    save(desk, pinned(filled(desk, address), 1, stories[2]), address, button="_save_live")

    assert headlines(desk, "/sections/politics/")[0] == "Politics 3"
    assert headlines(desk)[0] == "Politics 1"
    assert headlines(desk, f"{address}draft/")[0] == "Politics 3"
    assert "Politics" in desk.get("/admin/articles/placement/").text


@pytest.mark.parametrize("address", [HOME, COMPARE, DRAFT, "/admin/articles/placement/"])
@pytest.mark.parametrize("who", ["reporter", "picture_editor"])
def test_other_roles_neither_see_nor_shape_fronts(client, request, address, who):
    stories = make_stories(2)
    pin(stories[1], 1, draft=True)
    client.force_login(request.getfixturevalue(who))

    assert client.get(address).status_code == 403
    for button in ("_live", "_again", "_save", "_save_live"):
        answer = client.post(address, {button: "1", "seen": "0", "pins-TOTAL_FORMS": "0"})
        assert answer.status_code in {403, 405}
    assert headlines(client)[0] == "Politics 1"
    assert Placement.objects.get().draft


@pytest.mark.parametrize("front", ["nowhere", "999999", "99999999999999999999"])
def test_a_front_that_is_none_is_not_found(desk, front):
    assert desk.get(f"/admin/articles/placement/{front}/").status_code == 404


def test_the_screen_costs_the_same_however_much_is_pinned(desk):
    stories = make_stories(20)
    save(desk, pinned(filled(desk), 1, stories[0]))
    with CaptureQueriesContext(connection) as few:
        desk.get(HOME)
    for slot, post in enumerate(stories[1:15], start=2):
        pin(post, slot, draft=True)

    with CaptureQueriesContext(connection) as many:
        desk.get(HOME)

    assert len(many) == len(few) <= 12


def banner(post, **fields):
    """What a browser sends to put up a banner."""
    return {"text": "It happened", "post": post.pk, "live_until": "2026-06-01T15:00"} | fields


def test_a_banner_is_put_up_for_two_hours_by_who_makes_it(desk, editor):
    story = make_story(at=NOON - HOUR)
    form = desk.get("/admin/articles/breaking/add/").context["adminform"].form
    assert form["live_until"].value() == "2026-06-01T15:00"

    desk.post("/admin/articles/breaking/add/", banner(story, owner="999"))

    row = Breaking.objects.get()
    assert (row.owner, row.live_from, row.live_until) == (editor, NOON, NOON + 2 * HOUR)


def test_a_banner_is_ended_with_one_button_and_stays_in_the_log(desk, clock):
    desk.post("/admin/articles/breaking/add/", banner(make_story(at=NOON - HOUR)))
    row = Breaking.objects.get()
    clock.shift(HOUR)
    assert "End it now" in desk.get(f"/admin/articles/breaking/{row.pk}/change/").text

    desk.post(f"/admin/articles/breaking/{row.pk}/end/")

    row.refresh_from_db()
    assert row.live_until == NOON + HOUR
    assert "Ended" in desk.get("/admin/articles/breaking/").text
    assert (
        desk.post(f"/admin/articles/breaking/{row.pk}/change/", banner(row.post)).status_code == 403
    )
    assert desk.post(f"/admin/articles/breaking/{row.pk}/delete/").status_code == 403


def test_the_log_says_when_a_banner_waits_for_its_story(desk):
    desk.post("/admin/articles/breaking/add/", banner(make_post("Not yet")))

    assert "Waits: its story is not live" in desk.get("/admin/articles/breaking/").text


def test_a_banner_cannot_end_before_now(desk):
    answer = desk.post(
        "/admin/articles/breaking/add/", banner(make_story(), live_until="2026-06-01T12:00")
    )

    assert "This moment has passed" in answer.text
    assert not Breaking.objects.exists()


@pytest.mark.parametrize("who", ["reporter", "picture_editor"])
def test_other_roles_put_up_no_banner(client, request, editor, who):
    row = Breaking.objects.create(
        text="It happened",
        post=make_story(at=NOON - HOUR),
        owner=editor,
        live_from=NOON,
        live_until=NOON + dt.timedelta(hours=2),
    )
    client.force_login(request.getfixturevalue(who))

    for page in ("add/", f"{row.pk}/change/", f"{row.pk}/end/"):
        answer = client.post(f"/admin/articles/breaking/{page}", banner(row.post, text="Mine"))
        assert answer.status_code == 403
    row.refresh_from_db()
    assert (row.text, row.live_until) == ("It happened", NOON + 2 * HOUR)
    assert Breaking.objects.count() == 1


@pytest.mark.parametrize(
    "sent", [{"_live": "1"}, {"_live": "1", "seen": "²"}, {"_again": "1", "seen": "7"}]
)
def test_a_step_on_a_front_that_nobody_has_arranged_is_answered_in_a_sentence(desk, sent):
    answer = desk.post(HOME, sent, follow=True)

    assert answer.status_code == 200
    assert "Nobody has arranged it yet" in " ".join(map(str, answer.context["messages"]))
    assert not Placement.objects.exists()
