"""quickstart: from an empty folder to a newsroom."""

import datetime as dt
import socket
import threading

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.desk.notes.leave_note import notes_to
from articles.management.accounts import PASSWORD, make_accounts
from articles.management.background import minute_command_beside, pictures_made_beside
from articles.management.demo_hold import HELD, hold_a_story
from articles.management.demo_plans import plan_tomorrow
from articles.models import Plan, Post

pytestmark = pytest.mark.django_db


def quickstart(capsys, *options):
    call_command("quickstart", "--no-demo", "--no-serve", *options)
    return capsys.readouterr().out


def test_it_says_where_the_site_and_the_desk_are(capsys):
    said = quickstart(capsys, "--port", "8123")

    assert "http://127.0.0.1:8123/\n" in said
    assert "http://127.0.0.1:8123/admin/" in said


def test_it_makes_a_sign_in_for_each_role(capsys, client):
    said = quickstart(capsys)

    for name in ("reporter", "editor", "picture-editor", "administrator", "lawyer"):
        user = User.objects.get(username=name)
        assert name in said
        assert user.is_staff
        assert not user.is_superuser
        assert user.groups.count() == 1
        assert user.check_password(PASSWORD)


def test_a_second_run_resets_no_password(capsys):
    quickstart(capsys)
    editor = User.objects.get(username="editor")
    editor.set_password("a-password-of-my-own")
    editor.save()

    said = quickstart(capsys)

    editor.refresh_from_db()
    assert editor.check_password("a-password-of-my-own")
    assert "(its own)" in said


def test_a_second_run_leaves_the_demo_as_editors_changed_it(capsys):
    Post.objects.create(source="demo", source_id="aleppo", headline="Changed by an editor")

    call_command("quickstart", "--no-serve")

    assert "already" in capsys.readouterr().out
    assert Post.objects.get().headline == "Changed by an editor"
    assert Post.objects.get().created_by.username == "reporter"


def test_production_gets_no_sign_ins_that_everybody_knows(settings):
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="NEWSROOM_PRODUCTION"):
        call_command("quickstart", "--no-serve")

    assert not User.objects.exists()


def test_a_taken_port_is_named(capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(CommandError, match=f"127.0.0.1:{port}"):
            call_command("quickstart", "--no-demo", "--port", str(port))


def test_a_number_that_is_no_port_is_refused():
    with pytest.raises(CommandError, match="no port"):
        call_command("quickstart", "--no-demo", "--port", "99999")


def test_who_makes_pictures_beside_the_server_and_fails_is_told_of():
    told, heard = [], threading.Event()

    def say(words):
        told.append(words)
        heard.set()

    with pictures_made_beside(say, command=("-c", "raise SystemExit(3)")):
        assert heard.wait(60)

    assert "exit code 3" in told[0]
    assert "make_renditions" in told[0]


@pytest.mark.parametrize("code", ["", "import time; time.sleep(600)"])
def test_who_is_ready_or_is_stopped_with_the_server_is_no_failure(code):
    told = []

    with pictures_made_beside(told.append, command=("-c", code)) as maker:
        if not code:
            maker.wait()

    assert maker.poll() is not None
    assert told == []


def test_the_minute_command_runs_again_and_again_beside_the_server_and_stops_with_it(tmp_path):
    runs = tmp_path / "runs"
    write = f"open({str(runs)!r}, 'a').write('x')"

    with minute_command_beside(command=("-c", write), seconds=0):
        while not (runs.exists() and runs.stat().st_size >= 2):
            pass
    before = runs.stat().st_size

    with minute_command_beside(command=("-c", "import time; time.sleep(600)")):
        pass  # and it is not waited for
    assert runs.stat().st_size == before


def test_the_demo_has_a_tomorrow_with_plans_for_its_reporter():
    make_accounts()
    plan_tomorrow(timezone.now())

    reporter = User.objects.get(username="reporter")
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    assert Plan.objects.due_on(tomorrow).filter(assigned_to=reporter).count() == 2
    assert notes_to(reporter).count() == 1


def test_the_demo_has_a_story_that_its_lawyer_stopped():
    make_accounts()
    post = Post.objects.create(source="demo", source_id=HELD, headline="The roof")

    hold_a_story(timezone.now())

    post.refresh_from_db()
    assert post.held_by.username == "lawyer"
