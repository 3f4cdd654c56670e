"""Whatever is changed at the desk has a line in the log: every model of the admin, every step."""

import datetime as dt
import re

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.utils import timezone

from articles.admin.audit_log.logged_admin import LoggedAdmin
from articles.desk.audit_log.verbs import verbs
from articles.desk.house_style.house_word import HouseWord
from articles.desk.notes.leave_note import leave_note, mark_done
from articles.desk.planning.plan_story import plan_story
from articles.desk.story_view import remove_view, save_view
from articles.desk.workflow import log as log_step
from articles.models import (
    Breaking,
    LoggedAction,
    OldAddress,
    Placement,
    Transition,
)
from articles.publishing.names.kinds import TOPICS
from articles.publishing.names.merge import merge
from articles.publishing.names.near_double import NearDouble, tell_apart
from articles.publishing.names.undo import undo
from articles.publishing.steps.banners import take_down
from articles.publishing.steps.front_drafts import put_draft_live, save_draft
from tests.admin.forms import sent_from, shown
from tests.builders import (
    make_author,
    make_photo,
    make_post,
    make_recording,
    make_section,
    make_story,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db

# Model → the row, a field of its form, and what is typed there.
CHANGED = {
    "articles.post": (lambda: make_post(), "headline", "Another headline"),
    "articles.section": (make_section, "name", "Another name"),
    "articles.topic": (make_topic, "name", "Another name"),
    "articles.author": (make_author, "name", "Another name"),
    "articles.photo": (make_photo, "caption", "Another caption."),
    "articles.recording": (make_recording, "title", "Another title"),
    "articles.breaking": (lambda: make_banner(), "text", "It happened again"),
    "articles.houseword": (
        lambda: HouseWord.objects.create(wrong="Kiev", right="Kyiv"),
        "right",
        "Kyjiv",
    ),
    "auth.user": (lambda: make_user(username="someone"), "first_name", "Some"),
    "auth.group": (lambda: Group.objects.create(name="Interns"), "name", "Trainees"),
}
# What is added and removed alone, read alone, or done on screens that the tests below try.
OTHERWISE = {
    "articles.oldaddress",
    "articles.placement",
    "articles.plan",
    "articles.importrun",
    "axes.accessattempt",
    "axes.accesslog",
    "axes.accessfailurelog",
}


def make_banner():
    now = timezone.now()
    return Breaking.objects.create(
        text="It happened",
        post=make_story(),
        owner=make_user(),
        live_from=now,
        live_until=now + dt.timedelta(hours=1),
    )


@pytest.fixture
def chief(client):
    user = User.objects.create_superuser("chief")
    client.force_login(user)
    return user


def newest():
    return LoggedAction.objects.order_by("-pk").first()


def test_every_model_of_the_admin_is_tried_here_and_has_the_log():
    labels = {model._meta.label_lower: each for model, each in admin.site._registry.items()}

    assert labels.keys() == CHANGED.keys() | OTHERWISE
    assert all(isinstance(each, LoggedAdmin) for each in labels.values())


@pytest.mark.parametrize("label", CHANGED)
def test_a_change_has_a_line_with_what_it_was_and_is(client, chief, label):
    make, field, typed = CHANGED[label]
    row = make()
    before = str(getattr(row, field))
    page = f"/admin/{label.replace('.', '/')}/{row.pk}/change/"

    context = shown(client, page)
    if label != "articles.post":
        context.pop("state", None)  # of a banner: whether it is up
    client.post(page, sent_from(context) | {field: typed})

    line = LoggedAction.objects.filter(kind=label, row=str(row.pk), verb="change").get()
    assert line.by == chief
    assert {"field": field, "from": before, "to": typed} in line.changes


def test_adding_and_deleting_have_lines(client, chief):
    client.post(
        "/admin/articles/oldaddress/add/",
        {"address": "/old", "leads_to": "path", "target": "/latest/"},
    )
    row = OldAddress.objects.get()
    assert (newest().verb, newest().row) == ("add", str(row.pk))

    client.post(f"/admin/articles/oldaddress/{row.pk}/delete/", {"post": "yes"})
    assert (newest().verb, newest().row_name) == ("delete", str(row))


def test_rows_that_are_deleted_together_have_a_line_each(client, chief):
    topics = [make_topic("One"), make_topic("Other")]
    data = {"action": "remove_unused", "_selected_action": [topic.pk for topic in topics]}

    client.post("/admin/articles/topic/", data)

    lines = LoggedAction.objects.filter(verb="delete", kind="articles.topic")
    assert {line.row_name for line in lines} == {"One", "Other"}


def test_no_line_holds_a_password(client, chief):
    typed = dict.fromkeys(("password1", "password2"), "a-secret-of-2026")
    page = "/admin/auth/user/add/"
    client.post(page, sent_from(shown(client, page)) | typed | {"username": "fresh"})
    someone = User.objects.get(username="fresh")
    client.post(f"/admin/auth/user/{someone.pk}/password/", typed | {"usable_password": "true"})

    assert LoggedAction.objects.filter(kind="auth.user").count() >= 2
    assert "a-secret" not in str(list(LoggedAction.objects.values()))
    someone.refresh_from_db()
    assert someone.password not in str(list(LoggedAction.objects.values()))


@pytest.mark.parametrize("action", Transition.Action)
def test_every_step_has_a_line(editor, action):
    post = make_post("Fire")

    log_step(action, post, from_status="draft", by=editor, note="Why", now=timezone.now())

    line = LoggedAction.objects.get(verb=action)
    assert (line.row_name, line.by, line.note) == ("Fire", editor, "Why")
    assert verbs()[action] == line.verb_words


def test_no_step_is_logged_but_by_the_function_that_writes_its_line():
    makes = re.compile(r"\bTransition\.objects\.(?:bulk_)?create|\bTransition\(")
    found = {
        path.relative_to(settings.BASE_DIR).as_posix()
        for path in (settings.BASE_DIR / "articles").rglob("*.py")
        if "migrations" not in path.parts
        and makes.search(path.read_text().replace("class Transition(", ""))
    }

    assert found == {"articles/desk/workflow.py"}


def test_what_the_history_of_a_row_tells_the_log_tells_too():
    for path in (settings.BASE_DIR / "articles").rglob("*.py"):
        text = path.read_text()
        if "LogEntry.objects.log_actions(" in text:
            assert "audit_log.log import" in text, path


def test_what_services_do_has_lines(editor, administrator):
    now = timezone.now()
    post, story = make_post(), make_story()
    done = []

    def did(what):
        done.append((what, newest() and (newest().verb, newest().kind)))

    note = leave_note(post, "Call me.", by=editor)
    did("note")
    mark_done(note, by=editor)
    did("note done")
    plan_story(slug_line="Planned", by=editor)
    did("plan")
    pin = Placement(slot=1, post=story, live_from=now, live_until=now + dt.timedelta(hours=1))
    save_draft(None, [pin], by=editor, now=now)
    did("front")
    put_draft_live(None, by=editor, now=now)
    did("front live")
    take_down(make_banner(), by=editor, now=now)
    did("banner")
    (change,) = merge([make_topic("Old")], make_topic(), by=editor)
    did("merge")
    undo(change, by=editor)
    did("undo")
    one, other = make_topic("Ones"), make_topic("Oness")
    NearDouble.objects.create(kind=TOPICS.key, one=one.pk, other=other.pk)
    tell_apart(TOPICS, one.pk, other.pk, by=editor)
    did("two things")
    view = save_view("Mine", "status=draft", by=editor)
    did("view")
    remove_view(view.pk, by=editor)
    did("view gone")

    assert done == [
        ("note", ("add", "articles.note")),
        ("note done", ("change", "articles.note")),
        ("plan", ("change", "articles.post")),
        ("front", ("change", "articles.front")),
        ("front live", ("show", "articles.front")),
        ("banner", ("hide", "articles.breaking")),
        ("merge", ("merge", "articles.topic")),
        ("undo", ("undo", "articles.namechange")),
        ("two things", ("change", "articles.neardouble")),
        ("view", ("add", "articles.storyview")),
        ("view gone", ("delete", "articles.storyview")),
    ]
