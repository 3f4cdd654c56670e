"""Films and sounds come into the library, get their words there, and leave it."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.desk import roles
from articles.models import LoggedAction, Recording
from articles.publishing.steps.publish import publish
from tests.admin.forms import sent_from, shown
from tests.builders import make_photo, make_post, make_recording, make_user, play
from tests.recording_files import CAPTIONS, mp3, mp4, webm

pytestmark = pytest.mark.django_db

ADD = "/admin/articles/recording/add/"
DROP = "/admin/articles/recording/drop/"


@pytest.fixture
def desk(client):
    client.force_login(make_user(roles.REPORTER, username="reporter"))
    return client


def upload(client, data, name="flood_at_four.mp4"):
    return client.post(ADD, {"file": SimpleUploadedFile(name, data)})


def change(client, recording, **fields):
    page = f"/admin/articles/recording/{recording.pk}/change/"
    return client.post(page, sent_from(shown(client, page)) | fields)


def errors(response):
    return response.context["adminform"].form.errors


def test_a_film_is_uploaded_and_its_words_are_asked_for_next(desk):
    response = upload(desk, mp4())

    film = Recording.objects.get()
    assert response["Location"] == f"/admin/articles/recording/{film.pk}/change/"
    assert (film.sort, film.title, film.slug) == ("film", "flood at four", "flood-at-four")
    assert (film.seconds, film.width, film.height) == (12, 640, 360)
    assert film.added_by.username == "reporter"
    assert film.file.name == f"recordings/{film.token}/film.mp4"
    assert default_storage.open(film.file.name).read() == mp4()
    assert LoggedAction.objects.filter(kind="articles.recording", verb="add").exists()


def test_the_name_of_a_file_says_nothing(desk):
    upload(desk, webm(), name="../../etc/passwd.mp3")

    film = Recording.objects.get()
    assert (film.sort, film.file.name) == ("film", f"recordings/{film.token}/film.webm")
    assert len(film.token) >= 22


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"<script>alert(1)</script>" * 99, "This file is no film or sound"),
        (mp4()[:-20], "This file is damaged or incomplete."),
        (mp4() + b"<script>alert(1)</script>", "This file is damaged or incomplete."),
        (b"", "empty"),
    ],
)
def test_what_is_no_film_is_refused_and_leaves_nothing(desk, data, says):
    response = upload(desk, data)

    assert says in response.text
    assert not Recording.objects.exists()


def test_the_same_file_again_leads_to_the_recording_that_it_is(desk):
    upload(desk, mp4())
    response = upload(desk, mp4(), name="other.mp4")

    assert response["Location"].endswith(f"/{Recording.objects.get().pk}/change/")


def test_a_file_larger_than_any_may_be_is_not_kept(desk, settings):
    settings.MEDIA_MAX_BYTES = 3 * 1024**2
    answer = desk.post(DROP, {"file": SimpleUploadedFile("f.mp4", mp4(data=b"\0" * 4 * 1024**2))})

    assert answer.status_code == 422
    assert answer.json()["error"].startswith("This file is larger than 3 MB.")
    assert not Recording.objects.exists()


def test_captions_come_as_a_file_or_are_typed(desk):
    film = make_recording(no_speech=False, seconds=12)
    response = change(desk, film, captions_file=SimpleUploadedFile("a.vtt", CAPTIONS.encode()))

    film.refresh_from_db()
    assert response.status_code == 302
    assert film.captions == CAPTIONS
    name = f"recordings/{film.token}/{film.as_recording()['captions']}.vtt"
    assert default_storage.open(name).read().decode() == CAPTIONS


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({"captions": "No captions"}, "captions", "begin with the line WEBVTT"),
        ({"captions": CAPTIONS.replace("00:09", "09:09")}, "captions", "after the film has ended"),
        ({"captions": "WEBVTT\x00"}, "captions", "there is no cue with words"),
        ({"captions": CAPTIONS, "no_speech": "on"}, "no_speech", "Somebody speaks"),
        ({"title": ""}, "title", "required"),
        ({"title": "\x00"}, "title", "required"),
    ],
)
def test_wrong_words_are_told_beside_their_field(desk, typed, field, says):
    film = make_recording(no_speech=False, seconds=12)

    response = change(desk, film, **typed)

    assert says in str(errors(response)[field])


def test_a_captions_file_that_is_none_is_told_there(desk):
    film = make_recording()
    response = change(desk, film, captions_file=SimpleUploadedFile("a.vtt", b"\xff\xfe\x00"))

    assert "no text in UTF-8" in str(errors(response)["captions_file"])


def test_the_list_says_what_is_missing_and_finds_by_the_transcript(desk):
    make_recording(no_speech=False)
    make_recording("sound", title="Mayor", transcript="Sandbags by helicopter.")

    assert "No captions" in desk.get("/admin/articles/recording/").text
    found = desk.get("/admin/articles/recording/", {"q": "helicopter"}).text
    assert ("Mayor" in found, "The flood" in found) == (True, False)


def test_what_stories_play_is_not_deleted_and_they_are_named(client):
    client.force_login(make_user(roles.EDITOR))
    film = make_recording()
    post = make_post("The river rose")
    play(post, film)
    publish(post, by=None)
    page = f"/admin/articles/recording/{film.pk}/delete/"

    assert "The river rose" in client.get(page).text
    client.post(page, {"post": "yes"})

    assert Recording.objects.exists()


def test_deleting_takes_its_files_along(client, django_capture_on_commit_callbacks):
    client.force_login(make_user(roles.EDITOR))
    upload(client, mp3(), name="a.mp3")
    sound = Recording.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/admin/articles/recording/{sound.pk}/delete/", {"post": "yes"})

    assert not Recording.objects.exists()
    assert not default_storage.exists(sound.file.name)


@pytest.mark.parametrize("role", [roles.LAWYER, None])
def test_who_may_not_upload_is_refused(client, role):
    client.force_login(make_user(role))

    assert upload(client, mp4()).status_code == 403
    sent = {"file": SimpleUploadedFile("f.mp4", mp4())}
    assert client.post(DROP, sent).status_code == 403
    assert not Recording.objects.exists()


def test_the_writing_screen_chooses_among_those_of_a_sort(desk):
    make_recording(title="Film of the flood")
    make_recording("sound", title="Sound of the flood")
    address = "/admin/articles/recording/choose/"

    [found] = desk.get(address, {"sort": "sound", "q": "flood\x00"}).json()["results"]

    assert (found["title"], found["length"]) == ("Sound of the flood", "2:05")
    assert len(desk.get(address, {"page": "\u0663"}).json()["results"]) == 2


def test_the_writing_screen_is_told_of_what_was_dropped(desk):
    answer = desk.post(DROP, {"file": SimpleUploadedFile("night.webm", webm())}).json()

    assert answer["result"]["sort"] == "film"
    assert len(answer["result"]["missing"]) == 2
    assert desk.post(DROP).status_code == 400
    refused = desk.post(DROP, {"file": SimpleUploadedFile("a.mp4", b"no")})
    assert refused.status_code == 422


def test_a_poster_is_a_picture_that_is_not_deleted(client):
    client.force_login(make_user(roles.EDITOR))
    film = make_recording(poster=make_photo())

    page = client.get(f"/admin/articles/photo/{film.poster.pk}/delete/").text

    assert "The flood" in page
