"""quickstart: from an empty folder to a newsroom."""

import socket
import threading

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from articles.management.accounts import PASSWORD
from articles.management.background import pictures_made_beside
from articles.models import Post

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

    for name in ("reporter", "editor", "picture-editor", "administrator"):
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
