"""Pictures in buckets: the original where nobody can fetch it, the renditions where all can."""

import datetime as dt

import pytest
from django.core.files.storage import default_storage, storages
from django.utils import timezone

from articles.library.pictures.renditions import all_renditions
from articles.library.uploads.store import store_picture
from articles.models import Photo
from articles.publishing.steps.publish import publish
from articles.publishing.stray_files import stray_files
from tests.builders import make_post

from .files import picture_file

pytest.importorskip("storages", reason="needs django-storages: install deploy/requirements.txt")
moto = pytest.importorskip("moto.server", reason="needs moto: install tests/requirements.txt")
boto3 = pytest.importorskip("boto3")

pytestmark = pytest.mark.django_db

MEDIA, ORIGINALS = "newsroom-media", "newsroom-originals"
ELSEWHERE = "https://media.example.org/"


@pytest.fixture(scope="module")
def endpoint():
    """A stand-in for a service of buckets, on this machine."""
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def buckets(endpoint, monkeypatch, settings):
    """The service, with both buckets, as the storages of the site."""
    for name, value in (
        ("AWS_ACCESS_KEY_ID", "of-the-tests"),
        ("AWS_SECRET_ACCESS_KEY", "of-the-tests"),
        ("AWS_DEFAULT_REGION", "us-east-1"),
    ):
        monkeypatch.setenv(name, value)
    settings.STORAGES = settings.STORAGES | {
        "default": storage("RenditionsBucket", MEDIA, endpoint),
        "originals": storage("OriginalsBucket", ORIGINALS, endpoint),
    }
    # The field asked for its storage when the model was made.
    monkeypatch.setattr(Photo._meta.get_field("file"), "storage", storages["originals"])
    settings.MEDIA_URL, settings.MEDIA_ELSEWHERE = ELSEWHERE, True
    client = boto3.client("s3", endpoint_url=endpoint)
    for bucket in (MEDIA, ORIGINALS):
        client.create_bucket(Bucket=bucket)
    yield client
    for bucket in (MEDIA, ORIGINALS):
        for name in names(client, bucket):
            client.delete_object(Bucket=bucket, Key=name)


def storage(backend, bucket, endpoint):
    return {
        "BACKEND": f"articles.library.pictures.buckets.{backend}",
        "OPTIONS": {"bucket_name": bucket, "endpoint_url": endpoint},
    }


def names(buckets, bucket):
    listed = buckets.list_objects_v2(Bucket=bucket).get("Contents", [])
    return {each["Key"] for each in listed}


def upload(client):
    words = {"alt": "A street.", "credit": "PA Images"}
    data = {"file": picture_file(size=(1300, 900)), "focus_x": 50, "focus_y": 50} | words
    client.post("/admin/articles/photo/add/", data)
    return Photo.objects.get()


def test_an_upload_at_the_desk_is_shown_from_the_public_bucket(client, picture_editor, buckets):
    client.force_login(picture_editor)
    photo = upload(client)
    client.logout()
    post = make_post(photo=photo)
    publish(post, by=None)

    page = client.get(post.editions.get().get_absolute_url()).text

    renditions = set(all_renditions(photo.as_picture()))
    assert names(buckets, ORIGINALS) == {photo.file.name}
    assert names(buckets, MEDIA) == renditions
    shown = {name for name in renditions if f"{ELSEWHERE}{name}" in page}
    assert len(shown) > 3
    assert photo.file.name not in page
    assert "/media/" not in page


def test_a_page_is_made_without_asking_the_buckets(client, picture_editor, buckets, monkeypatch):
    client.force_login(picture_editor)
    post = make_post(photo=upload(client))
    publish(post, by=None)

    def asked(*args, **kwargs):
        raise AssertionError("a page asked the storage")

    with monkeypatch.context() as watched:
        watched.setattr("botocore.client.BaseClient._make_api_call", asked)
        page = client.get(post.editions.get().get_absolute_url())

    assert page.status_code == 200


def test_what_is_fetched_says_what_it_is_and_may_be_kept_for_ever(client, picture_editor, buckets):
    client.force_login(picture_editor)
    photo = upload(client)

    for name, (_shape, rendition) in all_renditions(photo.as_picture()).items():
        head = buckets.head_object(Bucket=MEDIA, Key=name)
        assert head["ContentType"] == rendition.media_type
        assert "immutable" in head["CacheControl"]


def test_an_original_has_no_address(client, picture_editor, buckets):
    client.force_login(picture_editor)
    photo = upload(client)

    with pytest.raises(ValueError, match="no URL"):
        photo.file.url  # noqa: B018
    with photo.file.open("rb") as file:
        assert file.read() == picture_file(size=(1300, 900)).read()


def test_pages_from_before_the_move_find_their_pictures(client, buckets):
    name = "renditions/token/whole-800.webp"

    answer = client.get(f"/media/{name}")

    assert (answer.status_code, answer.headers["Location"]) == (301, ELSEWHERE + name)
    assert client.get("/media/originals/token/street.jpg").status_code == 404


def test_whoever_watches_the_machine_hears_that_the_buckets_are_away(
    client, buckets, endpoint, monkeypatch
):
    assert client.get("/readyz").json()["storage"] is True

    for bucket, place in ((MEDIA, "http://127.0.0.1:1"), ("no-such-bucket", endpoint)):
        away = storage("RenditionsBucket", bucket, place)["OPTIONS"]
        # Undone here, before the settings are: what was put back after them would stay for others.
        with monkeypatch.context() as gone:
            gone.setattr(default_storage, "_wrapped", type(storages["default"])(**away))

            assert client.get("/readyz").json()["storage"] is False, bucket


def test_strays_in_buckets_are_listed_and_removed(client, picture_editor, buckets):
    client.force_login(picture_editor)
    upload(client)
    kept = names(buckets, MEDIA), names(buckets, ORIGINALS)
    store_picture(Photo(slug="killed"), picture_file(colour="maroon"))
    hour = dt.timedelta(hours=1)

    assert list(stray_files(timezone.now())) == []
    later = timezone.now() + 2 * hour
    for stray in list(stray_files(later)):
        stray.remove()

    assert (names(buckets, MEDIA), names(buckets, ORIGINALS)) == kept
