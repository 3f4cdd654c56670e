"""A small export sent at the desk: tried first, then brought in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from articles.admin.reference import send_export
from articles.importing import one_run
from articles.models import Caption, ImportRun, Post
from tests.builders import make_section
from tests.importing import ghost, wxr
from tests.importing.conftest import post_of
from tests.importing.test_again import other_connection
from tests.importing.test_pictures import jpeg, zipped
from tests.importing.wxr import item

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pictures_read_here")]
ADD = "admin:articles_importrun_add"
TWO = wxr.export(item(1, tags=[("t1", "Topic")]), item(2, status="draft"))


@pytest.fixture
def desk(client, administrator):
    make_section("Politics")
    client.force_login(administrator)
    return client


def send(client, text=TWO, **choices):
    data = {"source": "old-site", "time_zone": "UTC", "types": "post"} | choices
    file = SimpleUploadedFile("export.xml", text if isinstance(text, bytes) else text.encode())
    return client.post(reverse(ADD), data | {"file": file})


def test_a_dry_run_keeps_nothing_and_leads_to_its_report_and_its_map(desk, administrator):
    answer = send(desk)

    run = ImportRun.objects.get()
    assert answer.url == reverse("admin:articles_importrun_change", args=[run.pk])
    assert (run.dry_run, run.by, Post.objects.count()) == (True, administrator, 0)
    assert "Nothing was kept of it." in desk.get(answer.url).text
    map_page = reverse("admin:articles_importrun_map", args=[run.pk])
    assert map_page in desk.get(answer.url).text
    assert "tag,t1,1,topic:t1" in desk.get(map_page).text


def test_what_was_tried_is_imported_on_one_click(desk):
    send(desk)
    answer = send(desk, keep="Import it")

    assert answer.status_code == 302
    assert [post_of(1).status, post_of(2).status] == ["published", "draft"]
    assert [run.dry_run for run in ImportRun.objects.all()] == [False, True]


def test_the_map_is_followed(desk):
    choices = {"source": "old-site"}
    lines = "kind,from,count,to\ntag,t1,1,drop\n"
    for keep in ({}, {"keep": "Import it"}):
        send(desk, map=SimpleUploadedFile("map.csv", lines.encode()), **choices, **keep)

    assert not post_of(1).post_topics.exists()


@pytest.mark.parametrize(
    "other",
    [
        {"text": TWO + " "},
        {"source": "elsewhere"},
        {"members_as_public": "on"},
        {"types": "post, page"},
        {"map": SimpleUploadedFile("map.csv", b"kind,from,count,to\ntag,t1,1,drop\n")},
    ],
)
def test_only_what_was_tried_just_so_is_imported(desk, other):
    send(desk)

    answer = send(desk, **other, keep="Import it")

    assert "Try this first" in answer.text
    assert not Post.objects.exists()


def test_what_a_colleague_tried_is_not_tried(desk, administrator):
    send(desk)
    ImportRun.objects.update(by=None)

    assert "Try this first" in send(desk, keep="Import it").text


def test_more_stories_than_a_request_has_time_for_are_refused(desk, monkeypatch):
    monkeypatch.setattr(send_export, "MOST_STORIES", 1)

    answer = send(desk)

    assert "It has 2 stories, more than 1: import it with the command." in answer.text
    assert ImportRun.objects.get().state == "failed"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"text": b"PK\x03\x04"}, "no zip that can be read"),
        ({"types": " , "}, "at least one type"),
        ({"source": "desk"}, "what was written here"),
        ({"source": "a\x00"}, "Null characters are not allowed"),
        ({"source": ""}, "This field is required"),
        ({"time_zone": "Mars/Base"}, "no such time zone"),
        ({"map": SimpleUploadedFile("m", b"\xff")}, "decode"),
        ({"map": SimpleUploadedFile("m", b"a,b\n")}, "first line must say"),
        ({"section": "0"}, "Select a valid choice"),
    ],
)
def test_what_makes_no_sense_is_an_error_of_its_field(desk, wrong, said):
    answer = send(desk, **wrong)

    assert answer.status_code == 200
    assert said in answer.text
    assert not ImportRun.objects.exists()


def test_pages_come_when_they_are_named(desk):
    text = wxr.export(item(1), item(2, kind="page", categories=[("politics", "Politics")]))
    for keep in ({}, {"keep": "Import it"}):
        send(desk, text, types="post, page", **keep)

    assert [post_of(key).status for key in (1, 2)] == ["published", "published"]


def test_a_zip_brings_its_pictures(desk, tmp_path):
    export = ghost.export(ghost.post("p1", html='<p>w</p><img src="/content/images/a.jpg">'))
    data = zipped(tmp_path, {"data/x.json": export, "content/images/a.jpg": jpeg()}).read_bytes()
    for keep in ({}, {"keep": "Import it"}):
        send(desk, data, **keep)

    assert Caption.objects.get().parent == post_of("p1")


def test_a_zip_with_more_pictures_than_a_request_has_time_for_is_refused(
    desk, monkeypatch, tmp_path
):
    monkeypatch.setattr(send_export, "MOST_PICTURES", 1)
    names = {f"content/images/{number}.JPG": jpeg() for number in range(2)}

    answer = send(
        desk, zipped(tmp_path, {"x.json": ghost.export(ghost.post())} | names).read_bytes()
    )

    assert "It has 2 pictures, more than 1: import it with the command." in answer.text
    assert not ImportRun.objects.exists()


def test_the_form_says_what_only_the_command_does(desk):
    text = desk.get(reverse(ADD)).text

    assert "Only the command manage.py import_stories takes" in text


def test_a_large_file_is_refused(desk, monkeypatch):
    monkeypatch.setattr(send_export, "MOST_MEGABYTES", 0)

    assert "larger than 20 MB" in send(desk).text


def test_what_is_no_export_is_told_in_its_report(desk):
    assert "none of the exports" in desk.get(send(desk, "words").url).text


def test_while_another_import_runs_one_is_told_so(desk):
    is_shared = connection.vendor == "postgresql"
    with other_connection() if is_shared else one_run.one_run():
        assert "Another import is running" in send(desk).text


def test_nothing_secret_of_the_file_is_kept(desk):
    text = ghost.export(ghost.post("p1", html="<p>Words.</p>"))
    for keep in ({}, {"keep": "Import it"}):
        send(desk, text, **keep)

    rows = str(list(ImportRun.objects.values())) + desk.get(send(desk, text).url).text
    assert post_of("p1").headline == "A story"
    assert "SECRET" in text
    assert "SECRET" not in rows


def test_only_who_has_the_right_may_send_one(client, editor):
    client.force_login(editor)

    assert client.get(reverse(ADD)).status_code == 403
    assert send(client).status_code == 403
    assert not ImportRun.objects.exists()
