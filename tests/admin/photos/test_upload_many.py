"""Many pictures at once: what they have in common, and a line for each."""

from hashlib import sha256

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection

from articles.library.pictures.machine_lock import picture_lock
from articles.models import Photo
from tests.builders import make_photo, make_user
from tests.library.pictures.files import XMP, bomb, picture_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pictures_read_here")]

PAGE = "/admin/articles/photo/upload/"


@pytest.fixture
def desk(client, picture_editor):
    client.force_login(picture_editor)
    return client


def test_each_file_is_added_with_what_is_common_over_what_it_says_itself(desk):
    files = [picture_file("one.jpg", xmp=XMP.encode()), picture_file("two.jpg", colour="maroon")]

    page = desk.post(
        PAGE, {"file": files, "credit": "PA", "keywords": "Aleppo", "licence": "agency"}
    )

    one, two = Photo.objects.order_by("pk")
    assert (one.caption, one.credit, one.alt) == ("A street in Aleppo.", "PA", "Broken houses.")
    assert (two.credit, two.keywords, two.licence) == ("PA", "Aleppo", "agency")
    assert "Still missing: alt text" in page.text
    assert LogEntry.objects.filter(object_id__in=[one.pk, two.pk]).count() == 2


def test_a_file_that_is_refused_says_why_and_the_others_stay(desk):
    desk.post(PAGE, {"file": [picture_file()]})
    files = [bomb(), picture_file("again.jpg"), picture_file("new.jpg", colour="maroon")]

    page = desk.post(PAGE, {"file": files})

    assert "million pixels" in page.text
    assert "It is in the library already, and was left as it is" in page.text
    assert Photo.objects.count() == 2


def test_the_script_gets_a_line_for_its_file(desk):
    answer = desk.post(
        PAGE,
        {"file": picture_file("<b>.jpg"), "agency": "PA"},
        headers={"Accept": "application/json"},
    )

    [line] = answer.json()["lines"]
    assert "&lt;b&gt;.jpg" in line
    assert Photo.objects.get().agency == "PA"


def test_the_script_is_told_to_wait_while_another_picture_is_read(desk):
    sent = {"file": picture_file()}

    with picture_lock(wait=True):
        busy = desk.post(PAGE, sent, headers={"Accept": "application/json"})
    bad = desk.post(PAGE, {"file": bomb()}, headers={"Accept": "application/json"})

    assert (busy.status_code, busy.json()["refused"]) == (503, 1)
    assert (bad.status_code, bad.json()["refused"]) == (200, 1)


def test_a_mistake_in_the_common_fields_adds_nothing_and_is_named(desk):
    sent = {"file": picture_file(), "rights_until": "soon"}

    answer = desk.post(PAGE, sent, headers={"Accept": "application/json"})
    page = desk.post(PAGE, sent | {"file": picture_file()})

    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["rights_until"])
    assert "Nothing was added" in page.text
    assert not Photo.objects.exists()
    assert "Choose at least one file" in desk.post(PAGE, {}).text


def test_who_may_not_add_pictures_is_shown_no_form(client):
    reader = make_user(role=None)
    client.force_login(reader)

    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"file": picture_file()}).status_code == 403
    assert not Photo.objects.exists()


def test_a_file_that_was_taken_in_while_it_was_read_is_not_there_twice(desk):
    file, asked = picture_file(), []
    digest = sha256(file.read()).hexdigest()
    file.seek(0)

    def take_in(execute, sql, *arguments):
        """As a colleague would, between the question whether it is there and the transaction."""
        if "content_hash" in sql:
            asked.append(sql)
        if sql.startswith("SAVEPOINT") and len(asked) == 1:
            asked.append("answered")
            make_photo(slug="first", content_hash=digest)
        return execute(sql, *arguments)

    with connection.execute_wrapper(take_in):
        page = desk.post(PAGE, {"file": file})

    assert "answered" in asked
    assert "It is in the library already" in page.text
    assert Photo.objects.get().slug == "first"
